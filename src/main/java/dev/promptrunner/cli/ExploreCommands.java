package dev.promptrunner.cli;

import dev.promptrunner.app.AnalyzeJob;
import dev.promptrunner.app.ExploreJob;
import dev.promptrunner.app.Foreseen;
import dev.promptrunner.app.Parts;
import dev.promptrunner.app.SheetJob;
import dev.promptrunner.app.Stop;
import dev.promptrunner.app.Wish;
import dev.promptrunner.base.Dollars;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.cli.console.Terminal;
import dev.promptrunner.config.Settings;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.sheet.ranking.Correlations;
import dev.promptrunner.sheet.ranking.Ranking;
import dev.promptrunner.sheet.ranking.Row;
import dev.promptrunner.sheet.ranking.Weights;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands that explore a workflow and look at what came of it. */
final class ExploreCommands {
  /** A spot pod has 5 s from SIGTERM to the end. */
  private static final Duration TO_END = Duration.ofSeconds(4);

  /** More is asked about before it is begun. */
  private static final int MOST_UNASKED = 50;

  private static final double MOST_DOLLARS_UNASKED = 5;

  private final Parts parts;
  private final Streams streams;
  private final Settings settings;
  private final Request.Common common;

  ExploreCommands(Parts parts, Streams streams, Settings settings, Request.Common common) {
    this.parts = parts;
    this.streams = streams;
    this.settings = settings;
    this.common = common;
  }

  ExitCode analyze(Request.Analyze request) throws Stop, FailureException, InterruptedException {
    return request.run() ? once(request) : analyzed(request);
  }

  private ExitCode once(Request.Analyze request)
      throws Stop, FailureException, InterruptedException {
    Wish.Once wish = new Wish.Once(request.workflow(), request.set());
    ExitCode code = run(wish, Exploration.Kind.GENERATION, true);
    if (code == ExitCode.DELIVERED) {
      new AnalyzeJob(parts, settings).remember(request.workflow(), request.set());
    }
    return code;
  }

  private ExitCode analyzed(Request.Analyze request)
      throws Stop, FailureException, InterruptedException {
    AnalyzeJob.Analyzed analyzed =
        new AnalyzeJob(parts, settings)
            .analyze(request.workflow(), request.server(), request.objectInfo(), request.set());
    streams.out().print(common.json() ? AnalyzedText.json(analyzed) : AnalyzedText.table(analyzed));
    if (request.out().isPresent()) {
      AnalyzeJob.write(analyzed, request.workflow(), request.out().get());
      tellOf(request.out().get());
    }
    streams.out().flush();
    return ExitCode.DELIVERED;
  }

  /** A program reads the answer, which is JSON to its end. */
  private void tellOf(Path sweepFile) {
    PrintStream to = common.json() ? streams.err() : streams.out();
    to.printf(
        "%nA sweep file to edit: %s. See what it would render with: prompt-runner sweep %s"
            + " --dry-run%n",
        sweepFile, sweepFile);
    to.flush();
  }

  ExitCode explore(Request.Explore request) throws Stop, FailureException, InterruptedException {
    if (request.dryRun()) {
      show(ExploreJob.foresee(settings, request.wish()));
      return ExitCode.DELIVERED;
    }
    return run(request.wish(), request.kind(), request.yes());
  }

  private void show(Foreseen foreseen) {
    if (common.json()) {
      streams.out().print(new ForeseenJson().text(foreseen));
    } else {
      foreseen.notes().forEach(note -> streams.err().println("note: " + note));
      streams.out().print(ForeseenText.table(foreseen));
      streams.out().println(ForeseenText.headline(foreseen));
    }
    streams.out().flush();
  }

  private ExitCode run(Wish wish, Exploration.Kind kind, boolean yes)
      throws Stop, FailureException, InterruptedException {
    Optional<Terminal> terminal = common.json() ? Optional.empty() : streams.terminal().get();
    Style style = Style.choose(common.noColor(), terminal.isPresent(), parts.environment());
    ExploreScreen screen =
        new ExploreScreen(
            streams,
            style,
            common.json(),
            new StatusLine(terminal),
            foreseen -> yes || agreed(foreseen, terminal.isPresent()));
    Path log = settings.run().output().resolve("logs").resolve("prompt-runner.log");
    ExploreJob job = new ExploreJob(parts, settings, screen);
    try (Logs.Open _ = Logs.toFile(log, settings.log());
        Logs.Open _ = Logs.toConsole(message -> screen.line("warning: " + message));
        Signals _ = signals(job, screen, wish)) {
      ExploreJob.Ending ending = job.run(wish);
      screen.end(ending, kind);
      return ExitCode.of(ending.code());
    }
  }

  /** What renders may be dear: whoever sits at a terminal is asked. */
  private boolean agreed(Foreseen foreseen, boolean terminal) {
    boolean much =
        foreseen.renders() > MOST_UNASKED
            || foreseen.dollars().filter(dollars -> dollars > MOST_DOLLARS_UNASKED).isPresent();
    if (!much || !terminal || System.console() == null) {
      return true;
    }
    String time = foreseen.expected().map(t -> ", about " + Spoken.time(t)).orElse("");
    String money = foreseen.dollars().map(d -> ", " + Dollars.text(d)).orElse("");
    String answer =
        System.console()
            .readLine(
                "Render %s%s%s? [y/N] ", Spoken.count(foreseen.renders(), "run"), time, money);
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  private Signals signals(ExploreJob job, ExploreScreen screen, Wish wish) {
    return Signals.hearGently(
        parts.sleeper(),
        TO_END,
        () -> screen.line(Stopping.words(job.stopRemaining())),
        () -> {
          screen.line(
              wish.manner().clean()
                  ? "stopping: what is finished is kept, what runs is taken off its server"
                  : "stopping: what is on the server stays there; the same command goes on from"
                      + " here");
          job.cancel();
        },
        job::codeOnSignal);
  }

  ExitCode sheet(Request.Sheet request) throws Stop, FailureException, InterruptedException {
    SheetJob job = job(request.folder(), request.reference());
    SheetJob.Written written = job.write(request.pdf(), request.png());
    written.problems().forEach(problem -> streams.err().println("warning: " + problem));
    streams
        .out()
        .printf(
            "%s: %s%n",
            Spoken.count(written.shown(), "result"), written.files().getFirst().toUri());
    written.files().stream().skip(1).forEach(file -> streams.out().println(file));
    streams.out().flush();
    return ExitCode.DELIVERED;
  }

  ExitCode best(Request.Best request) throws Stop, FailureException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    Weights weights =
        request
            .weights()
            .map(text -> Weights.parse(text, "--weights", problems))
            .orElseGet(Weights::usual);
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.CONFIGURATION, problems);
    }
    List<Row> rows = job(request.folder(), request.reference()).rows();
    List<Ranking.Ranked> ranked = Ranking.of(rows, weights);
    streams
        .out()
        .print(
            RankingText.ranking(
                ranked.subList(0, Math.min(request.top(), ranked.size())), weights));
    streams.out().println();
    streams.out().print(RankingText.correlations(Correlations.of(rows)));
    streams.out().flush();
    return ExitCode.DELIVERED;
  }

  private SheetJob job(Path folder, Optional<Path> reference) {
    StatusLine status = new StatusLine(streams.terminal().get());
    return new SheetJob(
        folder,
        reference,
        (done, total) -> {
          if (done < total) {
            status.show(LookingBar.text(done, total));
          } else {
            status.clear();
          }
        });
  }
}
