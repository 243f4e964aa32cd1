package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The changes that touch a job and its attempt together, within a transaction of the caller. */
record Transitions(Handle handle, Instant now) {
  AttemptRow begin(
      JobId job, String work, String kind, Digest fingerprint, Attempts.Request request) {
    require(
        new Works(handle).exists(work),
        "beginning " + job + ": its work '" + work + "' was never remembered");
    require(
        attempts().open(job).isEmpty(),
        "beginning " + job + ": its last attempt is open, so end or adopt that first");
    JobRow row = jobs().begin(job, work, kind, fingerprint);
    new Events(handle).clearProgress(job);
    return attempts().insert(job, row.attempts(), fingerprint, request, now);
  }

  void fail(AttemptRow attempt, Failure failure, boolean jobFailed) {
    attempts().fail(attempt, failure, now);
    JobState next = jobFailed ? JobState.FAILED : JobState.PENDING;
    jobs().failed(attempt.job(), next, failure.sentence());
  }

  void abandon(AttemptRow attempt, String why) {
    attempts().abandon(attempt, why, now);
    jobs().pending(attempt.job());
  }

  void complete(AttemptRow attempt, List<ArtifactRow> artifacts, Duration took) {
    for (ArtifactRow artifact : artifacts) {
      require(
          artifact.job().equals(attempt.job()),
          "completing " + attempt.job() + " with an artifact of " + artifact.job());
    }
    attempts().end(attempt, AttemptState.DONE, now);
    jobs().done(attempt.job(), took);
    new Artifacts(handle).replace(attempt.job(), artifacts);
  }

  void reset(WorkRow work) {
    jobs().reset(work.id());
    new Works(handle).reset(work.key());
  }

  private Jobs jobs() {
    return new Jobs(handle);
  }

  private Attempts attempts() {
    return new Attempts(handle);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
