package dev.promptrunner.base;

import java.time.Duration;

/** Waiting as an argument, so that tests wait in no time. */
@FunctionalInterface
public interface Sleeper {
  /** Really waits. */
  Sleeper SYSTEM = Thread::sleep;

  /**
   * Returns after the duration.
   *
   * @throws InterruptedException when the thread is interrupted before it
   */
  void sleep(Duration duration) throws InterruptedException;
}
