package dev.promptrunner.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-11-21T23:59:58Z");

  private final AtomicReference<Instant> wall = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SteadyClock clock = new SteadyClock(wall::get, nanos::get);

  @Test
  void goes_on_by_its_own_pace_over_the_counter_s_overflow() {
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-11-22T00:00:01Z"));
  }

  @Test
  void does_not_care_when_the_machine_s_clock_is_set() {
    for (Duration jump : new Duration[] {Duration.ofHours(5), Duration.ofDays(-400)}) {
      wall.set(START.plus(jump));

      assertThat(clock.instant()).isEqualTo(START);
    }
  }
}
