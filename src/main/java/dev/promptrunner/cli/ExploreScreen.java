package dev.promptrunner.cli;

import dev.promptrunner.app.ExploreJob;
import dev.promptrunner.app.Foreseen;
import dev.promptrunner.base.ByteSize;
import dev.promptrunner.cli.console.Columns;
import dev.promptrunner.cli.console.Spoken;
import dev.promptrunner.cli.console.Style;
import dev.promptrunner.cli.console.Words;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultJson;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.plan.Generation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Shows an exploration: a line for each run that ends, with what is left; trouble on the way; on a
 * terminal also what is being rendered now. With {@code --json} the results alone, a line each.
 * Thread-safe.
 */
final class ExploreScreen implements ExploreJob.Front {
  private static final int LONGEST_VALUE = 24;
  private static final int MOST_VALUES = 4;

  private final Streams streams;
  private final Style style;
  private final boolean json;
  private final StatusLine status;
  private final Predicate<Foreseen> agreed;
  private final EventLog log = new EventLog();
  private final List<Result> failed = new ArrayList<>();
  private int total;
  private int toRender;
  private int servers = 1;
  private int ended;
  private int rendered;
  private Duration spent = Duration.ZERO;

  /**
   * @param json whether a program reads the results
   * @param status on a terminal, what is being rendered
   * @param agreed whether the user wants so much
   */
  ExploreScreen(
      Streams streams, Style style, boolean json, StatusLine status, Predicate<Foreseen> agreed) {
    this.streams = streams;
    this.style = style;
    this.json = json;
    this.status = status;
    this.agreed = agreed;
  }

  @Override
  public synchronized void foreseen(Foreseen foreseen) {
    total = (int) foreseen.runs().stream().filter(ExploreScreen::isAskedFor).count();
    toRender = foreseen.renders();
    servers = Math.max(1, foreseen.servers());
    foreseen.notes().forEach(note -> line("note: " + note));
    line(ForeseenText.headline(foreseen));
  }

  private static boolean isAskedFor(Foreseen.Line line) {
    return line.state() != Foreseen.State.LEFT_OUT;
  }

  @Override
  public boolean goOn(Foreseen foreseen) {
    return agreed.test(foreseen);
  }

  @Override
  public synchronized void on(RunEvent event) {
    log.on(event);
    switch (event) {
      case RunEvent.RunStarted e when e.engine().equals("simulator") ->
          line(style.careful("SIMULATOR: nothing here is rendered by a model"));
      case RunEvent.JobProgress e ->
          status.show("%s: step %d of %d".formatted(name(e.job().work()), e.step(), e.steps()));
      case RunEvent.JobFailed e when e.willRetry() ->
          line(
              Columns.oneLine(
                  "%s: %s, %s: %s"
                      .formatted(name(e.job().work()), e.failure(), e.remedy(), e.found())));
      case RunEvent.ServerDown _,
          RunEvent.ServerUp _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Warning _,
          RunEvent.Delivered _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _ ->
          line(Words.of(event));
      case RunEvent.JobDone e -> {
        rendered++;
        spent = spent.plus(e.took());
      }
      default -> {}
    }
  }

  @Override
  public void delivering(long sent, long total) {
    int percent = total == 0 ? 100 : (int) (100.0 * sent / total);
    status.show("delivering: %d %% of %s".formatted(percent, new ByteSize(total)));
  }

  /** {@code shots~takes~fox~007_3f2a91c0} is run fox/007 to its user. */
  private static String name(String work) {
    String[] levels = work.split(Generation.LEVEL, 3);
    String named = Generation.folder(levels[levels.length - 1]);
    return named.substring(0, Math.max(0, named.lastIndexOf('_')));
  }

  @Override
  public synchronized void ended(Result result, boolean before) {
    ended++;
    if (result.state() == Result.State.FAILED) {
      failed.add(result);
    }
    if (json) {
      streams.out().println(ResultJson.write(result));
      streams.out().flush();
    } else {
      line(text(result, before));
    }
  }

  private String text(Result result, boolean before) {
    String count = "[%d/%d]".formatted(ended, total);
    String how =
        result.state() == Result.State.DONE
            ? style.good(before ? "done before" : "done")
                + result.took().filter(_ -> !before).map(ExploreScreen::in).orElse("")
            : style.bad("FAILED") + " " + result.failure().map(Result.Why::kind).orElse("");
    String left = left();
    return "%s %s %s  %s%s"
        .formatted(
            count,
            style.strong(result.run()),
            how,
            style.faint(values(result.parameters())),
            left.isEmpty() ? "" : "  " + left);
  }

  private static String in(Duration took) {
    return " in " + Spoken.time(took);
  }

  private String left() {
    int remaining = toRender - rendered;
    if (rendered == 0 || remaining <= 0) {
      return "";
    }
    Duration time = spent.dividedBy(rendered).multipliedBy(remaining).dividedBy(servers);
    return "about " + Spoken.time(time) + " left";
  }

  /** The first few, each cut. */
  static String values(Map<String, JsonNode> parameters) {
    String text =
        parameters.entrySet().stream()
            .limit(MOST_VALUES)
            .map(one -> one.getKey() + "=" + cut(one.getValue()))
            .collect(Collectors.joining(" "));
    int more = parameters.size() - MOST_VALUES;
    return more > 0 ? text + " and " + more + " more" : text;
  }

  private static String cut(JsonNode value) {
    String text = value.isString() ? value.stringValue() : value.toString();
    return Columns.cut(Columns.oneLine(text), LONGEST_VALUE);
  }

  /** Shows a line among the others. */
  synchronized void line(String text) {
    status.clear();
    PrintStream err = streams.err();
    err.println(text);
    err.flush();
  }

  /** The last words: what failed, told once, and where the results are. */
  synchronized void end(ExploreJob.Ending ending, Exploration.Kind kind) {
    status.clear();
    if (json) {
      return;
    }
    if (ending.results().isEmpty()) {
      line("nothing was rendered");
      return;
    }
    PrintStream out = streams.out();
    for (Result result : failed) {
      out.printf("%n%s %s%n", style.bad("failed"), style.strong(result.run()));
      result
          .failure()
          .ifPresent(
              why -> {
                out.printf("  found  %s%n", why.found());
                out.printf("  do     %s%n", why.remedy());
              });
    }
    long done = ending.results().stream().filter(ExploreScreen::isDone).count();
    out.printf(
        Locale.ROOT,
        "%n%d of %s done%s: %s%n",
        done,
        Spoken.count(
            ending.results().size(), kind == Exploration.Kind.ITERATIONS ? "iteration" : "run"),
        failed.isEmpty() ? "" : ", %d failed".formatted(failed.size()),
        ending.folder());
    if (done > 0) {
      out.printf("Look at them with: prompt-runner contact-sheet %s%n", ending.folder());
    }
    if (done < ending.results().size()) {
      out.println("To go on, give the same command again: what is done is not done twice.");
    }
    out.flush();
  }

  private static boolean isDone(Result result) {
    return result.state() == Result.State.DONE;
  }
}
