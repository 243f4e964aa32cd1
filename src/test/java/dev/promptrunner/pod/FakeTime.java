package dev.promptrunner.pod;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody sleeps. */
final class FakeTime implements InstantSource, Sleeper {
  static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

  private Instant now = START;
  private final List<Duration> sleeps = new ArrayList<>();
  private Duration signal = Duration.ofDays(1);

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    sleeps.add(duration);
    now = now.plus(duration);
    if (passed().compareTo(signal) > 0) {
      throw new InterruptedException("a signal");
    }
  }

  /** The first sleep that ends after this time is interrupted. */
  synchronized FakeTime interruptedAfter(Duration time) {
    signal = time;
    return this;
  }

  synchronized List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  synchronized Duration passed() {
    return Duration.between(START, now);
  }

  PodTime time() {
    return new PodTime(this, this);
  }
}
