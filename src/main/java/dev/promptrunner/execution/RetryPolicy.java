package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The one place that says what is tried again (docs/failure-handling.md has the same table).
 *
 * @param attempts how often a job is tried in all
 * @param firstBackOff the pause before the second try
 * @param random for jitter, so that several servers do not come back in step
 */
record RetryPolicy(int attempts, Duration firstBackOff, RandomGenerator random) {
  private static final int MOST_DOUBLINGS = 6;

  /**
   * How long to wait before the next try; empty when there is none.
   *
   * @param failed tries that failed so far, this one included, ≥ 1
   */
  Optional<Duration> next(Failure failure, int failed) {
    return switch (failure) {
      case Failure.Rejected _, Failure.Cancelled _, Failure.Configuration _, Failure.Pod _ ->
          Optional.empty();
      case Failure.BadOutput _ -> failed < 2 ? Optional.of(Duration.ZERO) : Optional.empty();
      case Failure.ServerLost _ ->
          failed < attempts ? Optional.of(Duration.ZERO) : Optional.empty();
      case Failure.OutOfMemory _,
          Failure.Transient _,
          Failure.Stalled _,
          Failure.Disk _,
          Failure.Store _ ->
          failed < attempts ? Optional.of(backOff(failed)) : Optional.empty();
    };
  }

  private Duration backOff(int failed) {
    Duration base = firstBackOff.multipliedBy(1L << Math.min(failed - 1, MOST_DOUBLINGS));
    return base.plusMillis(random.nextLong(base.toMillis() / 2 + 1));
  }
}
