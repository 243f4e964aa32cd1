package dev.promptrunner.cli;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Tells a second wish to end from an echo of the first: {@code timeout} of GNU signals the process
 * and then its whole group, so that one wish arrives twice. Thread-safe.
 */
final class Presses {
  /** Longer than an echo takes on a busy machine, shorter than a person's second Ctrl-C. */
  private static final Duration ECHO = Duration.ofMillis(300);

  private final LongSupplier nanos;
  private OptionalLong first = OptionalLong.empty();

  /** What a signal means. */
  enum Press {
    FIRST,
    ECHO,
    SECOND
  }

  /**
   * @param nanos the time since any moment
   */
  Presses(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A signal came. */
  synchronized Press next() {
    long now = nanos.getAsLong();
    if (first.isEmpty()) {
      first = OptionalLong.of(now);
      return Press.FIRST;
    }
    return now - first.getAsLong() < ECHO.toNanos() ? Press.ECHO : Press.SECOND;
  }
}
