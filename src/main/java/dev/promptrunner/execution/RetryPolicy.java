package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * The one place that says what each class of failure leads to; docs/failure-handling.md has the
 * same as a table, and a test holds both together.
 *
 * @param attempts how often a job is tried in all, ≥ 1
 * @param pauses milliseconds before the next try by the number of those that failed
 */
record RetryPolicy(int attempts, IntervalFunction pauses) {
  private static final double GROWTH = 2.0;

  /** So that several servers do not come back in step. */
  private static final double JITTER = 0.2;

  private static final int MOST_DOUBLINGS = 6;

  /**
   * Pauses that double, with jitter.
   *
   * @param first the mean of the first pause, ≥ 1 ms
   */
  static RetryPolicy of(int attempts, Duration first) {
    Duration longest = first.multipliedBy(1L << MOST_DOUBLINGS);
    return new RetryPolicy(
        attempts, IntervalFunction.ofExponentialRandomBackoff(first, GROWTH, JITTER, longest));
  }

  Measure next(Failure failure, Tries tries) {
    return switch (failure) {
      case Failure.Rejected _, Failure.Cancelled _, Failure.Configuration _, Failure.Pod _ ->
          new Measure.GiveUp();
      case Failure.OutOfMemory _ -> outOfMemory(tries);
      case Failure.Stalled _ -> stalled(tries);
      case Failure.ServerLost _ ->
          mayGoOn(tries) ? new Measure.AwaitServer() : new Measure.GiveUp();
      // Asked for the same again, ComfyUI answers from its caches what was bad before.
      case Failure.BadOutput _ ->
          mayGoOn(tries) && tries.alike() == 1
              ? new Measure.FreeThenAgain(pause(tries))
              : new Measure.GiveUp();
      case Failure.Transient _, Failure.NodeFailed _, Failure.Disk _, Failure.Store _ ->
          mayGoOn(tries) ? new Measure.Again(pause(tries)) : new Measure.GiveUp();
    };
  }

  /**
   * The ladder. Its last step is no further try of the same job, so it is reached with any number
   * of tries; too many of them do not put it off either.
   */
  private Measure outOfMemory(Tries tries) {
    if (!mayGoOn(tries) || tries.alike() > 2) {
      return new Measure.SmallerChunks();
    }
    return tries.alike() == 1
        ? new Measure.FreeThenAgain(pause(tries))
        : new Measure.RestartThenAgain(pause(tries));
  }

  private Measure stalled(Tries tries) {
    if (!mayGoOn(tries)) {
      return new Measure.GiveUp();
    }
    return tries.alike() == 1
        ? new Measure.Again(pause(tries))
        : new Measure.RestartThenAgain(pause(tries));
  }

  private boolean mayGoOn(Tries tries) {
    return tries.failed() < attempts;
  }

  private Duration pause(Tries tries) {
    return Duration.ofMillis(pauses.apply(tries.failed()));
  }
}
