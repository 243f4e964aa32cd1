package dev.promptrunner.testing;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A clock that moves only when somebody sleeps: a day passes in no time. */
public final class ManualTime implements InstantSource, Sleeper {
  public final Instant start;
  public final List<Duration> slept = new CopyOnWriteArrayList<>();
  private Instant now;

  public ManualTime(Instant start) {
    this.start = start;
    this.now = start;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    slept.add(duration);
    now = now.plus(duration);
  }
}
