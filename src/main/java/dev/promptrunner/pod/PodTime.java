package dev.promptrunner.pod;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The clock and the waiting of one pod, which tests set together. */
record PodTime(InstantSource clock, Sleeper sleeper) {
  Instant now() {
    return clock.instant();
  }

  void sleep(Duration duration) throws InterruptedException {
    sleeper.sleep(duration);
  }
}
