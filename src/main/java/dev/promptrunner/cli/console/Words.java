package dev.promptrunner.cli.console;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Dollars;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;

/** Every event as one line of plain words, beginning with the id it concerns. */
public final class Words {
  static final String SIMULATOR = "SIMULATOR: these videos are not rendered by a model";

  private Words() {}

  /** One line without line ends or control characters. */
  public static String of(RunEvent event) {
    return Columns.oneLine(
        switch (event) {
          case RunEvent.RunStarted e -> started(e);
          case RunEvent.WorkStarted e -> started(e);
          case RunEvent.JobStarted e -> started(e);
          case RunEvent.JobProgress e ->
              "%s: %s %d of %d".formatted(e.job(), e.label(), e.step(), e.steps());
          case RunEvent.JobDone e -> done(e);
          case RunEvent.JobFailed e -> failed(e);
          case RunEvent.VideoReady e ->
              "%s: %s %s, %s"
                  .formatted(
                      e.work(),
                      e.finished() ? "final video" : "video so far",
                      e.path(),
                      Spoken.count(e.frames(), "frame"));
          case RunEvent.Delivered e ->
              "%s: %s %s (%s)"
                  .formatted(
                      e.work(),
                      e.already() ? "lay delivered already at" : "delivered to",
                      e.uri(),
                      new ByteSize(Math.max(0, e.bytes())));
          case RunEvent.WorkDone e ->
              "%s: done in %s, %s".formatted(e.work(), Spoken.time(e.took()), e.finalVideo());
          case RunEvent.WorkFailed e ->
              "%s: stopped, the other prompt files go on: %s — %s"
                  .formatted(e.work(), e.found(), e.remedy());
          case RunEvent.Warning e -> "warning: %s: %s".formatted(e.subject(), e.message());
          case RunEvent.ServerDown e ->
              "%s: is down: %s — %s".formatted(e.server(), e.found(), e.action());
          case RunEvent.ServerUp e ->
              "%s: %s after %s".formatted(e.server(), e.how(), Spoken.time(e.took()));
          case RunEvent.Replanned e ->
              "%s: what is left is rendered in chunks of %s: %s"
                  .formatted(e.work(), Spoken.count(e.framesPerChunk(), "frame"), e.reason());
          case RunEvent.Paused e -> "paused: %s — %s".formatted(e.reason(), e.remedy());
          case RunEvent.Resumed e -> "going on: " + e.reason();
          case RunEvent.LimitNear e ->
              "%s: %d %% used: %s".formatted(e.limit(), e.percent(), e.message());
          case RunEvent.Spent e -> spent(e);
          case RunEvent.PodStopping e -> "pod %s: asked to %s".formatted(e.pod(), e.action());
          case RunEvent.PodStopped e -> "pod %s: its state is %s".formatted(e.pod(), e.state());
          case RunEvent.RunFinished e ->
              "run %s: finished in %s, %d done, %d not done, exit code %d"
                  .formatted(e.run(), Spoken.time(e.took()), e.done(), e.failed(), e.exitCode());
        });
  }

  private static String started(RunEvent.RunStarted e) {
    return "run %s: started with engine %s, %s, %s"
        .formatted(
            e.run(),
            e.engine(),
            Spoken.count(e.promptFiles(), "prompt file"),
            Spoken.count(e.jobs(), "job"));
  }

  private static String started(RunEvent.WorkStarted e) {
    String before = e.reused() == 0 ? "" : ", %d of them done before".formatted(e.reused());
    return "%s: started, %s, %s%s"
        .formatted(
            e.work(), Spoken.count(e.frames(), "frame"), Spoken.count(e.jobs(), "job"), before);
  }

  private static String started(RunEvent.JobStarted e) {
    String attempt = e.attempt() > 1 ? ", attempt " + e.attempt() : "";
    String how = e.adopted() ? "taken up again on" : "started on";
    return "%s: %s %s %s%s".formatted(e.job(), e.kind(), how, e.resource(), attempt);
  }

  private static String done(RunEvent.JobDone e) {
    return "%s: %s done in %s%s"
        .formatted(e.job(), e.kind(), Spoken.time(e.took()), frames(e.frames(), e.took()));
  }

  private static String spent(RunEvent.Spent e) {
    String who = e.work().isEmpty() ? "the run" : e.work();
    String idle = e.idle().isZero() ? "" : ", idle " + Spoken.time(e.idle());
    String dollars = e.dollars() > 0 ? ", " + Dollars.text(e.dollars()) : "";
    return "%s: %s of GPU%s for %s of video%s"
        .formatted(who, Spoken.time(e.gpu()), idle, Spoken.time(e.video()), dollars);
  }

  private static String frames(int frames, Duration took) {
    if (frames == 0) {
      return "";
    }
    String rate =
        took.isPositive()
            ? " (" + Spoken.rate(frames * 1000.0 / Math.max(1, took.toMillis())) + ")"
            : "";
    return ", " + Spoken.count(frames, "frame") + rate;
  }

  private static String failed(RunEvent.JobFailed e) {
    return "%s: failed (%s)%s: %s — %s"
        .formatted(
            e.job(), e.failure(), e.willRetry() ? ", is tried again" : "", e.found(), e.remedy());
  }
}
