package dev.promptrunner.app;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Judges what still fits before time or money is used up. Pure.
 *
 * @param all at least one; the one that ends first decides
 */
record Limits(List<Limit> all) {
  /** From here on a person is warned. */
  static final int WARNING = 80;

  private static final Duration LONGEST_GUESS = Duration.ofMinutes(5);
  private static final int GUESSED_SHARE = 20;
  private static final Duration LEAST_OVERTIME = Duration.ofMinutes(1);

  Limits {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("limits need a limit");
    }
    all = List.copyOf(all);
  }

  /** The one that is used up first. */
  Limit first() {
    return all.stream().min(Comparator.comparing(Limit::until)).orElseThrow();
  }

  /**
   * Whether a job that is begun now is expected to end before the limit, with time to deliver after
   * it.
   *
   * @param expected how long such a job takes; zero when nobody knows: then it is tried
   */
  boolean fits(Instant now, Duration expected, Duration reserve) {
    Instant end = first().until().minus(reserve);
    return now.isBefore(end) && !now.plus(expected).isAfter(end);
  }

  /**
   * The time that is kept for joining and delivering what is finished; never more than half of what
   * there is in all.
   *
   * @param delivery how long that took before; zero when nobody knows
   */
  Duration reserve(Duration delivery) {
    Limit first = first();
    Duration all = Duration.between(first.from(), first.until());
    Duration guess = shorter(all.dividedBy(GUESSED_SHARE), LONGEST_GUESS);
    return shorter(delivery.isPositive() ? delivery : guess, all.dividedBy(2));
  }

  /** When what still runs on a server is left there, so that what is finished can be delivered. */
  Instant windDownAt(Duration reserve) {
    return first().until().minus(reserve);
  }

  /** When a delivery that still hangs is left too: after as long again, and at least a minute. */
  Instant leaveDeliveriesAt(Duration reserve) {
    return first().until().plus(reserve.compareTo(LEAST_OVERTIME) > 0 ? reserve : LEAST_OVERTIME);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
