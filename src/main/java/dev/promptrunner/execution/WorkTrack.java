package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Work;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One prompt file on its way; used by the run's owner alone. */
final class WorkTrack {
  private final int index;
  private final Work work;
  private final Instant startedAt;
  private final Set<JobId> missing;
  private final Map<JobId, Integer> failures = new HashMap<>();
  private Outcome.State state = Outcome.State.OPEN;
  private Optional<Failure> failure = Optional.empty();

  WorkTrack(int index, Work work, Instant startedAt, Set<JobId> missing) {
    this.index = index;
    this.work = work;
    this.startedAt = startedAt;
    this.missing = new HashSet<>(missing);
  }

  int index() {
    return index;
  }

  Work work() {
    return work;
  }

  Instant startedAt() {
    return startedAt;
  }

  Set<JobId> missing() {
    return missing;
  }

  boolean isOpen() {
    return state == Outcome.State.OPEN;
  }

  /** Returns whether that was the last job. */
  boolean done(JobId job) {
    missing.remove(job);
    return missing.isEmpty();
  }

  void finish() {
    state = Outcome.State.DONE;
  }

  /** How often this job has failed now. */
  int countFailure(JobId job) {
    return failures.merge(job, 1, Integer::sum);
  }

  void fail(Job job, Failure why) {
    state = job.kind() == JobKind.DELIVER ? Outcome.State.DELIVERY_FAILED : Outcome.State.FAILED;
    failure = Optional.of(why);
  }

  Outcome.Result result() {
    return new Outcome.Result(work, state, failure);
  }
}
