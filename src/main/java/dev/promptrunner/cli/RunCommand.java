package dev.promptrunner.cli;

import dev.promptrunner.app.MainJob;
import dev.promptrunner.app.Parts;
import dev.promptrunner.app.Stop;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.cli.console.Console;
import dev.promptrunner.cli.console.ConsoleForm;
import dev.promptrunner.cli.console.ConsoleSettings;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.cli.console.Terminal;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Planned;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Carries out {@code run}: the main job with a console, a log and an end on signals. */
final class RunCommand {
  /** A spot pod has 5 s from SIGTERM to the end. */
  private static final Duration TO_END = Duration.ofSeconds(4);

  private static final String STOPPING =
      "stopping: what is on the server stays there; the same command goes on from here; once more"
          + " to leave at once";

  /** Only bars need one. */
  private static final Terminal NO_TERMINAL =
      new Terminal() {
        @Override
        public Size size() {
          return new Size(80, 24);
        }

        @Override
        public void write(String text) {
          throw new IllegalStateException("there is no terminal to write to");
        }
      };

  private final Parts parts;
  private final Settings settings;
  private final Request.Common common;
  private final Streams streams;

  RunCommand(Parts parts, Settings settings, Request.Common common, Streams streams) {
    this.parts = parts;
    this.settings = settings;
    this.common = common;
    this.streams = streams;
  }

  ExitCode run(List<Path> paths) throws Stop, FailureException, InterruptedException {
    MainJob.Ending ending = ended(paths);
    streams.err().print(ProblemReport.leftOut(ending.problems()));
    return ExitCode.of(ending.code());
  }

  private MainJob.Ending ended(List<Path> paths)
      throws Stop, FailureException, InterruptedException {
    Optional<Terminal> terminal = streams.terminal().get();
    Path log = settings.run().output().resolve("logs").resolve("prompt-runner.log");
    try (Logs.Open _ = Logs.toFile(log, settings.log());
        Console console = console(terminal);
        Logs.Open _ = Logs.toConsole(message -> console.line("warning: " + message))) {
      MainJob job = new MainJob(parts, settings, new Screen(console));
      try (Signals _ =
          Signals.hear(
              parts.sleeper(),
              TO_END,
              () -> console.line(Stopping.words(job.stopRemaining())),
              () -> endSoon(job, console),
              job::codeOnSignal)) {
        return job.run(paths);
      }
    }
  }

  private static void endSoon(MainJob job, Console console) {
    console.line(STOPPING);
    job.cancel();
  }

  private Console console(Optional<Terminal> terminal) {
    ConsoleForm form = common.form(terminal.isPresent(), parts.environment());
    Style style = Style.choose(common.noColor(), terminal.isPresent(), parts.environment());
    ConsoleSettings shown =
        new ConsoleSettings(
            settings.run().output(),
            settings.delivery().uri(),
            style,
            Style.choose(common.noColor(), false, parts.environment()),
            ZoneId.systemDefault(),
            parts.clock());
    return Console.open(
        form, shown, new Console.Ways(terminal.orElse(NO_TERMINAL), streams.err(), streams.out()));
  }

  /** Shows the run and logs its events. */
  private record Screen(Console console, EventLog log) implements MainJob.Front {
    Screen(Console console) {
      this(console, new EventLog());
    }

    @Override
    public void planned(Planned planned, List<Problem> problems) {
      ProblemReport.ofFiles(problems, planned.plan().works().size()).lines().forEach(console::line);
      planned.notes().forEach(note -> console.line("note: " + note));
      console.expect(planned.plan());
    }

    @Override
    public void on(RunEvent event) {
      console.on(event);
      log.on(event);
    }
  }
}
