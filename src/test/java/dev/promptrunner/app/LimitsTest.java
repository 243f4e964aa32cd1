package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

  private static Limits hours(int hours) {
    return new Limits(List.of(new Limit.Time(START, START.plus(Duration.ofHours(hours)))));
  }

  private static Limit money(double dollars, double perHour) {
    return new Limit.Money(START, BigDecimal.valueOf(dollars), BigDecimal.valueOf(perHour));
  }

  @Test
  void a_budget_is_time_at_a_price() {
    Limit budget = money(5.00, 0.50);
    Instant later = START.plus(Duration.ofHours(8));

    assertThat(budget.until()).isEqualTo(START.plus(Duration.ofHours(10)));
    assertThat(budget.at(80)).isEqualTo(later);
    assertThat(budget.percent(later)).isEqualTo(80);
    assertThat(budget.used(later)).isEqualTo("$4.00 of $5.00 at $0.50 an hour");
    assertThat(money(0.002, 1.2).used(START.plusSeconds(3)))
        .isEqualTo("$0.0010 of $0.0020 at $1.20 an hour");
  }

  @Test
  void a_deadline_tells_how_far_it_is() {
    Limit deadline = new Limit.Time(START, START.plus(Duration.ofHours(2)));

    assertThat(deadline.used(START.plus(Duration.ofMinutes(96))))
        .isEqualTo("24 minutes until the deadline of 2026-11-22T00:00:00Z");
    assertThat(deadline.used(START.plus(Duration.ofSeconds(7170))))
        .isEqualTo("30 s until the deadline of 2026-11-22T00:00:00Z");
    assertThat(deadline.used(deadline.until()))
        .isEqualTo("the deadline of 2026-11-22T00:00:00Z has come");
  }

  @Test
  void the_limit_that_ends_first_decides() {
    Limit budget = money(1.00, 0.50);
    Limits both =
        new Limits(List.of(new Limit.Time(START, START.plus(Duration.ofHours(6))), budget));

    assertThat(both.first()).isEqualTo(budget);
  }

  @Test
  void a_job_is_begun_only_if_it_and_the_delivery_after_it_end_in_time() {
    Limits limits = hours(1);
    Duration job = Duration.ofMinutes(20);
    Duration reserve = Duration.ofMinutes(10);

    assertThat(limits.fits(START.plus(Duration.ofMinutes(30)), job, reserve)).isTrue();
    assertThat(limits.fits(START.plus(Duration.ofMinutes(31)), job, reserve)).isFalse();
  }

  @Test
  void a_job_that_nobody_knows_is_tried_until_the_time_for_delivering_comes() {
    Limits limits = hours(1);
    Duration reserve = Duration.ofMinutes(10);

    assertThat(limits.fits(START.plus(Duration.ofMinutes(49)), Duration.ZERO, reserve)).isTrue();
    assertThat(limits.fits(START.plus(Duration.ofMinutes(50)), Duration.ZERO, reserve)).isFalse();
  }

  @Test
  void the_time_kept_for_delivering_is_known_or_guessed_and_never_more_than_half() {
    assertThat(hours(1).reserve(Duration.ofSeconds(90))).hasSeconds(90);
    assertThat(hours(1).reserve(Duration.ZERO)).hasMinutes(3);
    assertThat(hours(10).reserve(Duration.ZERO)).hasMinutes(5);
    assertThat(hours(1).reserve(Duration.ofHours(2))).hasMinutes(30);
  }

  /** Jobs of any lengths under any limits: what was judged to fit never ends too late. */
  @RepeatedTest(200)
  void nothing_that_fits_ends_after_the_limit(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Limits limits =
        new Limits(
            List.of(
                new Limit.Time(START, START.plusSeconds(1 + random.nextInt(90_000))),
                money((1 + random.nextInt(2_000)) / 100.0, (1 + random.nextInt(500)) / 100.0)));
    Duration reserve = limits.reserve(Duration.ofSeconds(random.nextInt(900)));
    Instant now = START;
    Duration job = Duration.ofMillis(1 + random.nextInt(900_000));
    while (limits.fits(now, job, reserve)) {
      int before = limits.first().percent(now);
      now = now.plus(job);
      assertThat(now.plus(reserve)).isBeforeOrEqualTo(limits.first().until());
      assertThat(limits.first().percent(now)).isBetween(before, 100);
      job = Duration.ofMillis(1 + random.nextInt(900_000));
    }

    assertThat(now.plus(job).plus(reserve)).isAfter(limits.first().until());
    assertThat(limits.first().percent(limits.first().until())).isEqualTo(100);
    assertThat(limits.fits(limits.windDownAt(reserve), Duration.ZERO, reserve)).isFalse();
    assertThat(limits.leaveDeliveriesAt(reserve)).isAfter(limits.first().until());
  }
}
