package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.plan.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One prompt file on its way; used by the run's owner alone. */
final class WorkTrack {
  private final int index;
  private final Instant startedAt;
  private final Set<JobId> missing;
  private final Map<JobId, List<String>> failures = new HashMap<>();
  private Work work;
  private Optional<Relay> relay = Optional.empty();
  private int running;
  private Outcome.State state = Outcome.State.OPEN;
  private Optional<Failure> failure = Optional.empty();

  /**
   * What is left is to be laid out anew as soon as none of its jobs runs.
   *
   * @param framesPerChunk from the failed job's chunk on
   */
  record Relay(VideoWork work, int framesPerChunk, String reason) {}

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

  void begin() {
    running++;
  }

  void end() {
    running--;
  }

  void layAnew(Relay wanted) {
    relay = Optional.of(wanted);
  }

  /** Whether it waits to be laid out anew: none of its jobs is begun until then. */
  boolean isParting() {
    return relay.isPresent();
  }

  /** Takes out what to lay out anew, when its time has come. */
  Optional<Relay> takeRelay() {
    if (running > 0 || !isOpen()) {
      return Optional.empty();
    }
    Optional<Relay> due = relay;
    relay = Optional.empty();
    return due;
  }

  /** Its jobs are others from now on, and have never failed. */
  void become(Work other, Set<JobId> missing) {
    work = other;
    this.missing.clear();
    this.missing.addAll(missing);
    failures.clear();
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
  Tries countFailure(JobId job, Failure why) {
    List<String> all = failures.computeIfAbsent(job, _ -> new ArrayList<>());
    all.add(why.kind());
    return new Tries(all.size(), Collections.frequency(all, why.kind()));
  }

  void fail(Job job, Failure why) {
    state = job.kind() == JobKind.DELIVER ? Outcome.State.DELIVERY_FAILED : Outcome.State.FAILED;
    failure = Optional.of(why);
  }

  Outcome.Result result() {
    return new Outcome.Result(work, state, failure);
  }
}
