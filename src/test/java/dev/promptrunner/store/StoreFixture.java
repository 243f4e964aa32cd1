package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.WorkKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Values that the tests of this package share. */
final class StoreFixture {
  static final Instant START = Instant.parse("2026-11-21T09:30:15.123456Z");
  static final InstantSource CLOCK = InstantSource.fixed(START);
  static final long PID = ProcessHandle.current().pid();
  static final RunId RUN = RunId.of(START, PID);
  static final Failure MEMORY =
      new Failure.OutOfMemory("rendering", "CUDA out of memory", "lower --size");

  private StoreFixture() {}

  static Store open(Path root) {
    try {
      return Store.open(root, CLOCK, PID);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static WorkRow work(String name) {
    return WorkRow.open(new WorkKey(Digest.of(name)), name, name + ".txt", 500);
  }

  static JobId job(WorkRow work, int number) {
    return JobId.of(work.name(), work.key(), "job_%03d".formatted(number));
  }

  static RunRow run() {
    return RunRow.started(RUN, "simulator", START, "0.1.0", PID);
  }

  static AttemptRow begin(Store store, JobId job) {
    return store.beginAttempt(
        job, job.work(), "HIGH", Digest.of("inputs of " + job), "server", "client", "prompt");
  }

  static void complete(Store store, JobId job) {
    AttemptRow attempt = begin(store, job);
    store.completeJob(attempt, List.of(artifact(job, "SEGMENT")), Duration.ofMillis(1500));
  }

  static ArtifactRow artifact(JobId job, String role) {
    return new ArtifactRow(
        job, role, "videos/" + job.label() + "." + role, 1234, Digest.of(job + role), 100, false);
  }
}
