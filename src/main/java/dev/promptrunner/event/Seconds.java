package dev.promptrunner.event;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as exact decimal seconds: {@code 1.5}, {@code 0.000000001}. */
final class Seconds {
  private static final int MOST_DIGITS = 19;

  private Seconds() {}

  static BigDecimal of(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  /**
   * @throws ArithmeticException when there are more than a duration can hold
   */
  static Duration duration(BigDecimal seconds) {
    if (seconds.precision() - (long) seconds.scale() > MOST_DIGITS) {
      // Told before they are written out: 1e999999999 would take gigabytes.
      throw new ArithmeticException(seconds + " seconds are more than a duration can hold");
    }
    return Duration.ofSeconds(
        seconds.toBigInteger().longValueExact(),
        seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }
}
