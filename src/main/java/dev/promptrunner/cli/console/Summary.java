package dev.promptrunner.cli.console;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.event.RunEvent;
import java.util.Optional;

/** What a run yielded: for every prompt file its video, or what to do about its failure. */
final class Summary {
  private final ConsoleSettings settings;
  private final Style style;

  Summary(ConsoleSettings settings) {
    this.settings = settings;
    this.style = settings.summaryStyle();
  }

  /** Several lines, or none when the run never began. */
  String text(RunView run) {
    if (run.start().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n");
    if (run.simulated()) {
      text.append(style.careful(Words.SIMULATOR)).append("\n\n");
    }
    run.works().forEach(work -> add(text, work));
    Costs.ofRun(run).ifPresent(line -> text.append(line).append('\n'));
    return text.append(closing(run)).toString();
  }

  private void add(StringBuilder text, WorkView work) {
    if (work.end().isPresent()) {
      done(text, work, work.end().get());
    } else {
      open(text, work);
    }
  }

  private void done(StringBuilder text, WorkView work, RunEvent.WorkDone end) {
    String frames =
        work.video().map(video -> ", " + Spoken.count(video.frames(), "frame")).orElse("");
    text.append(style.good("done    ")).append(' ').append(style.strong(work.id()));
    text.append(" in ").append(Spoken.time(end.took())).append(frames).append('\n');
    row(text, "video", path(end.finalVideo()));
    row(text, "delivered", delivered(work));
    work.spent().ifPresent(spent -> row(text, "spent", Costs.ofWork(spent)));
  }

  private void open(StringBuilder text, WorkView work) {
    boolean failed = work.failure().isPresent();
    text.append(failed ? style.bad("failed  ") : style.careful("not done"));
    text.append(' ').append(style.strong(work.id())).append(" after ").append(work.done());
    text.append(" of ").append(Spoken.count(work.jobs(), "job")).append('\n');
    work.failure().ifPresent(failure -> row(text, "found", failure.found()));
    work.failure().ifPresent(failure -> row(text, "do", failure.remedy()));
    work.video()
        .ifPresent(video -> row(text, video.finished() ? "video" : "video so far", soFar(video)));
    work.spent().ifPresent(spent -> row(text, "spent", Costs.ofWork(spent)));
  }

  private String soFar(RunEvent.VideoReady video) {
    return path(video.path()) + ", " + Spoken.count(video.frames(), "frame");
  }

  private String path(String relative) {
    return settings.output().resolve(relative).toString();
  }

  private String delivered(WorkView work) {
    if (work.delivered().isPresent()) {
      RunEvent.Delivered e = work.delivered().get();
      String size = new ByteSize(Math.max(0, e.bytes())).toString();
      return e.uri() + " (" + size + (e.already() ? ", lay there already)" : ", verified)");
    }
    if (settings.deliver().isEmpty()) {
      return "no: not asked for (--deliver URI)";
    }
    return work.deliveryFailure()
        .map(e -> "no: " + e.found() + " — " + e.remedy())
        .orElse("no: the run ended before; the same command again delivers it");
  }

  private static void row(StringBuilder text, String label, String value) {
    text.append("         ").append(Columns.pad(label, 12)).append(' ');
    text.append(value.strip().replaceAll("\\R", "\n" + " ".repeat(22))).append('\n');
  }

  private String closing(RunView run) {
    long works = Math.max(run.start().orElseThrow().promptFiles(), run.works().size());
    long done = run.works().stream().filter(work -> work.end().isPresent()).count();
    long failed = run.works().stream().filter(work -> work.failure().isPresent()).count();
    String time = run.end().map(end -> " in " + Spoken.time(end.took())).orElse("");
    String failures = failed == 0 ? "" : ", %d failed".formatted(failed);
    String text =
        "%d of %s done%s%s.%n".formatted(done, Spoken.count(works, "prompt file"), failures, time);
    return text + next(run, done == works).map(line -> line + "\n").orElse("");
  }

  private static Optional<String> next(RunView run, boolean allDone) {
    int exitCode = run.end().map(RunEvent.RunFinished::exitCode).orElse(1);
    if (allDone && exitCode == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "To go on, give the same command again: what is done is kept and not done twice.");
  }
}
