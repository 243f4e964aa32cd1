package dev.promptrunner.app;

import dev.promptrunner.base.Dollars;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** Something that a run may use up: it grows with time alone, so that it has an end. */
sealed interface Limit {
  /** As events name it: {@code deadline}, {@code budget}. */
  String name();

  /** When nothing of it was used. */
  Instant from();

  /** When all of it is used. */
  Instant until();

  /** How much of it is used, for a person. */
  String used(Instant now);

  /** How much of it is used, 0 … 100. */
  default int percent(Instant now) {
    Duration all = Duration.between(from(), until());
    if (!all.isPositive() || !now.isBefore(until())) {
      return 100;
    }
    return (int) Math.max(0, Duration.between(from(), now).toMillis() * 100 / all.toMillis());
  }

  /** When so much of it is used. */
  default Instant at(int percent) {
    return from().plus(Duration.between(from(), until()).multipliedBy(percent).dividedBy(100));
  }

  /** Wall-clock time. */
  record Time(Instant from, Instant until) implements Limit {
    @Override
    public String name() {
      return "deadline";
    }

    @Override
    public String used(Instant now) {
      Duration left = Duration.between(now, until);
      return left.isPositive()
          ? "%s until the deadline of %s".formatted(spoken(left), until)
          : "the deadline of %s has come".formatted(until);
    }

    private static String spoken(Duration time) {
      return time.toMinutes() < 2
          ? Math.max(1, time.toSeconds()) + " s"
          : time.toMinutes() + " minutes";
    }
  }

  /**
   * The pod's price for its time since the start; what was spent before nobody knows.
   *
   * @param dollars more than 0
   * @param dollarsPerHour more than 0
   */
  record Money(Instant from, BigDecimal dollars, BigDecimal dollarsPerHour) implements Limit {
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    @Override
    public String name() {
      return "budget";
    }

    /** Rounded down: rather a millisecond early than a cent too much. */
    @Override
    public Instant until() {
      return from.plusMillis(
          dollars
              .multiply(MILLIS_PER_HOUR)
              .divide(dollarsPerHour, 0, RoundingMode.DOWN)
              .longValueExact());
    }

    @Override
    public String used(Instant now) {
      double hours = Duration.between(from, now).toMillis() / 3_600_000.0;
      return "%s of %s at %s an hour"
          .formatted(
              Dollars.text(hours * dollarsPerHour.doubleValue()),
              Dollars.text(dollars.doubleValue()),
              Dollars.text(dollarsPerHour.doubleValue()));
    }
  }
}
