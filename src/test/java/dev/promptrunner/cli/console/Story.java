package dev.promptrunner.cli.console;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events as a run tells them, at seconds after its start. */
final class Story {
  static final Instant START = Instant.parse("2026-11-21T09:30:15Z");
  static final RunId RUN = new RunId("20261121-093015-4711");
  static final String WALK = "walk_3f2a91c0";
  static final String JUMP = "jump_00aa11bb";

  private Story() {}

  static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  static JobId job(String work, String label) {
    return new JobId(work + "/" + label);
  }

  static RunEvent started(String engine, int promptFiles) {
    return new RunEvent.RunStarted(START, RUN, engine, promptFiles, 16 * promptFiles);
  }

  static RunEvent work(int at, String work, int reused) {
    return new RunEvent.WorkStarted(at(at), work, 500, 16, reused);
  }

  static RunEvent begun(int at, String work, String label, String kind) {
    return new RunEvent.JobStarted(at(at), job(work, label), kind, "gpu0", 1, false);
  }

  static RunEvent step(int at, String work, String label, int step) {
    return new RunEvent.JobProgress(at(at), job(work, label), "WanVideo Sampler", step, 8);
  }

  static RunEvent done(int at, String work, String label, String kind, int took, int frames) {
    return new RunEvent.JobDone(at(at), job(work, label), kind, Duration.ofSeconds(took), frames);
  }

  static RunEvent failed(int at, String work, String label, boolean again) {
    return new RunEvent.JobFailed(
        at(at),
        job(work, label),
        "OutOfMemory",
        "24.1 GB of 24.0 GB",
        "give a smaller --size",
        again);
  }

  static RunEvent workFailed(int at, String work) {
    return new RunEvent.WorkFailed(
        at(at), work, "node 54 (WanVideoSampler):\nvalue out of range", "correct the recipe");
  }

  static RunEvent workDone(int at, String work, String name) {
    return new RunEvent.WorkDone(
        at(at), work, "final/" + name + "_final.mp4", Duration.ofSeconds(at));
  }

  static RunEvent finished(int at, int done, int failed, int exitCode) {
    return new RunEvent.RunFinished(at(at), RUN, done, failed, Duration.ofSeconds(at), exitCode);
  }

  /** One of every kind of event. */
  static List<RunEvent> everything() {
    return List.of(
        started("simulator", 2),
        work(1, WALK, 3),
        begun(2, WALK, "job_003", "HIGH"),
        step(4, WALK, "job_003", 2),
        step(13, WALK, "job_003", 5),
        failed(14, WALK, "job_003", true),
        new RunEvent.JobStarted(at(15), job(WALK, "job_003"), "HIGH", "gpu1", 2, true),
        done(75, WALK, "job_003", "HIGH", 60, 0),
        begun(75, WALK, "job_004", "LOW"),
        done(135, WALK, "job_004", "LOW", 60, 101),
        new RunEvent.VideoReady(at(140), WALK, "combined/walk/walk_combined_002.mp4", 200, false),
        new RunEvent.ServerDown(at(136), "gpu1", "exit code 137", "it is started anew"),
        new RunEvent.ServerUp(at(138), "gpu1", "restarted", Duration.ofSeconds(2)),
        new RunEvent.Replanned(at(139), WALK, 50, 20, "out of memory at 100 frames"),
        new RunEvent.Paused(at(140), "1.2 GB free", "free some space"),
        new RunEvent.Resumed(at(140), "5.0 GB free"),
        new RunEvent.LimitNear(at(140), "budget", 80, "$4.00 of $5.00"),
        new RunEvent.Spent(
            at(140),
            "",
            Duration.ofSeconds(120),
            Duration.ofSeconds(2),
            Duration.ofSeconds(8),
            0.5),
        new RunEvent.Warning(at(141), "disk", "12.0 GB left"),
        new RunEvent.VideoReady(at(600), WALK, "final/walk_final.mp4", 500, true),
        new RunEvent.Delivered(
            at(610), WALK, "gs://films/night/walk_3f2a91c0.zip", 512_300_000, false),
        workDone(611, WALK, "walk"),
        work(611, JUMP, 0),
        workFailed(620, JUMP),
        new RunEvent.PodStopping(at(621), "p0d", "stop"),
        new RunEvent.PodStopped(at(622), "p0d", "EXITED"),
        finished(623, 1, 1, 1));
  }
}
