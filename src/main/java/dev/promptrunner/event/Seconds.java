package dev.promptrunner.event;

import java.math.BigDecimal;
import java.time.Duration;

/** Durations as exact decimal seconds: {@code 1.5}, {@code 0.000000001}. */
final class Seconds {
  private Seconds() {}

  static BigDecimal of(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  static Duration duration(BigDecimal seconds) {
    return Duration.ofSeconds(
        seconds.toBigInteger().longValueExact(),
        seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
  }
}
