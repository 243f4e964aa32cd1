package dev.promptrunner.delivery;

import java.time.Duration;

/**
 * How long an unwilling store is asked again.
 *
 * @param patience how long without a byte taken before the upload is given up; also the limit of a
 *     single question with its repetitions; > 0
 * @param firstDelay before the first repetition, doubled for each further one; > 0
 * @param sessions how many upload sessions one archive may use up, ≥ 1
 */
public record RetryLimits(Duration patience, Duration firstDelay, int sessions) {
  public static final RetryLimits DEFAULT =
      new RetryLimits(Duration.ofMinutes(2), Duration.ofMillis(500), 5);

  public RetryLimits {
    if (!patience.isPositive() || !firstDelay.isPositive() || sessions < 1) {
      throw new IllegalArgumentException(
          "not limits of retries: " + patience + ", " + firstDelay + ", " + sessions);
    }
  }

  /** How long to wait before session n (counted from 1) is replaced. */
  Duration delayAfter(int session) {
    Duration delay = firstDelay.multipliedBy(1L << Math.min(session - 1, 6));
    return delay.compareTo(patience) < 0 ? delay : patience;
  }
}
