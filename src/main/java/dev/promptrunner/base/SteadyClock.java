package dev.promptrunner.base;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day once, and from then on only its own steady pace: when somebody sets the machine's
 * clock in the middle of a night, no job stalls, no deadline passes and nothing lasts a negative
 * time. Thread-safe.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final LongSupplier nanos;
  private final long startNanos;

  /**
   * @param wall read once, here
   * @param nanos a count of nanoseconds that never jumps, from any origin
   */
  public SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.start = wall.instant();
    this.nanos = nanos;
    this.startNanos = nanos.getAsLong();
  }

  /** Of this machine. */
  public static SteadyClock system() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
