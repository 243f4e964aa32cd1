package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {
  private final RestartBudget budget = new RestartBudget(3, Duration.ofMinutes(30));

  private static Instant minute(int minute) {
    return Instant.EPOCH.plus(Duration.ofMinutes(minute));
  }

  @Test
  void pauses_double_until_it_was_too_often() {
    assertThat(budget.next(minute(0))).hasValue(Duration.ofSeconds(1));
    assertThat(budget.history()).isEqualTo("once");
    assertThat(budget.next(minute(5))).hasValue(Duration.ofSeconds(2));
    assertThat(budget.next(minute(6))).hasValue(Duration.ofSeconds(4));
    assertThat(budget.next(minute(12))).isEmpty();
    assertThat(budget.history()).isEqualTo("4 times in 12 min, the last time");
  }

  @Test
  void what_is_long_past_does_not_count() {
    budget.next(minute(0));
    budget.next(minute(1));
    budget.up();

    assertThat(budget.next(minute(40))).hasValue(Duration.ofSeconds(1));
  }

  @Test
  void a_new_start_that_was_asked_for_counts_but_the_first_needs_no_pause() {
    assertThat(budget.nextAsked(minute(0))).hasValue(Duration.ZERO);
    assertThat(budget.nextAsked(minute(1))).hasValue(Duration.ofSeconds(2));
    assertThat(budget.next(minute(2))).hasValue(Duration.ofSeconds(4));
    assertThat(budget.nextAsked(minute(3))).isEmpty();
  }

  @Test
  void starts_that_never_get_ready_are_counted_however_long_each_takes() {
    assertThat(budget.next(minute(31))).hasValue(Duration.ofSeconds(1));
    assertThat(budget.next(minute(62))).hasValue(Duration.ofSeconds(2));
    assertThat(budget.next(minute(93))).hasValue(Duration.ofSeconds(4));
    assertThat(budget.next(minute(124))).isEmpty();
    assertThat(budget.history()).isEqualTo("4 times in 93 min, the last time");
  }

  @Test
  void a_server_that_took_jobs_in_between_is_started_again_for_ever() {
    for (int hour = 0; hour < 10; hour++) {
      budget.next(minute(60 * hour));
      assertThat(budget.next(minute(60 * hour + 1))).hasValue(Duration.ofSeconds(2));
      budget.up();
    }
  }
}
