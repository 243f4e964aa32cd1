package dev.promptrunner.cli;

import dev.promptrunner.app.DoctorJob;
import dev.promptrunner.app.Parts;
import dev.promptrunner.app.Stop;
import dev.promptrunner.app.doctor.Level;
import dev.promptrunner.app.doctor.Report;
import dev.promptrunner.base.Problem;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.config.Settings;
import java.io.Console;
import java.util.List;

/** Carries out {@code doctor}: looks, prints, and ends with 1 when there is a problem. */
final class DoctorCommand {
  private final DoctorJob job;
  private final Request.Common common;
  private final Streams streams;
  private final Style style;

  DoctorCommand(Parts parts, Request.Common common, Streams streams) {
    this.job = new DoctorJob(parts);
    this.common = common;
    this.streams = streams;
    this.style = Style.choose(common.noColor(), onTerminal(), parts.environment());
  }

  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  ExitCode run(Settings settings) throws InterruptedException {
    try {
      return shown(job.look(settings));
    } catch (Stop e) {
      return run(e.problems());
    }
  }

  ExitCode run(List<Problem> problemsOfSettings) throws InterruptedException {
    return shown(job.look(problemsOfSettings));
  }

  private ExitCode shown(Report report) {
    streams.out().print(common.json() ? new DoctorJson().text(report) : table(report));
    streams.out().flush();
    return report.count(Level.PROBLEM) == 0 ? ExitCode.DELIVERED : ExitCode.SOME_FAILED;
  }

  private String table(Report report) {
    return new DoctorTable(style).text(report);
  }
}
