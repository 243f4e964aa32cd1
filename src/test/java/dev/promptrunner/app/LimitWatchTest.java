package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.testing.ManualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whole nights on a clock that is set by hand. */
class LimitWatchTest {
  private final ManualTime time = new ManualTime(Instant.parse("2026-11-21T22:00:00Z"));
  private final List<String> story = new ArrayList<>();

  private final LimitWatch.Limited run =
      new LimitWatch.Limited() {
        @Override
        public void tell(RunEvent event) {
          RunEvent.LimitNear near = (RunEvent.LimitNear) event;
          note(near.limit() + " " + near.percent() + ": " + near.message());
        }

        @Override
        public void windDown(boolean leaveDeliveries) {
          note(leaveDeliveries ? "leave deliveries" : "wind down");
        }

        private void note(String what) {
          story.add(Duration.between(time.start, time.instant()) + " " + what);
        }
      };

  private LimitWatch watch(boolean delivers, Limit... limits) {
    Parts parts = new Parts(time, time, new Random(1), Map.of());
    return new LimitWatch(parts, new Limits(List.of(limits)), new Expected(), delivers);
  }

  private Limit money(double dollars, double perHour) {
    return new Limit.Money(time.start, BigDecimal.valueOf(dollars), BigDecimal.valueOf(perHour));
  }

  private Limit hours(int hours) {
    return new Limit.Time(time.start, time.start.plus(Duration.ofHours(hours)));
  }

  private RunEvent done(JobKind kind, Duration took) {
    return new RunEvent.JobDone(time.instant(), new JobId("a_00000000/j"), kind.name(), took, 0);
  }

  @Test
  void warns_at_four_fifths_winds_down_in_time_to_deliver_and_leaves_what_hangs() {
    watch(true, money(5.00, 0.50)).watch(run);

    assertThat(story)
        .containsExactly(
            "PT8H budget 80: $4.00 of $5.00 at $0.50 an hour",
            "PT9H55M budget 100: no further job fits into the budget ($4.96 of $5.00 at $0.50 an"
                + " hour)",
            "PT9H55M wind down",
            "PT10H5M leave deliveries");
  }

  @Test
  void a_defect_of_the_watch_ends_the_run_while_its_limits_are_kept() {
    LimitWatch.Limited deaf =
        new LimitWatch.Limited() {
          @Override
          public void tell(RunEvent event) {
            throw new IllegalStateException("nobody listens");
          }

          @Override
          public void windDown(boolean leaveDeliveries) {
            run.windDown(leaveDeliveries);
          }
        };

    watch(true, hours(10)).watch(deaf);

    assertThat(story).containsExactly("PT8H wind down");
  }

  @Test
  void keeps_no_time_for_a_delivery_that_there_is_not() {
    watch(false, hours(10)).watch(run);

    assertThat(story)
        .containsExactly(
            "PT8H deadline 80: 120 minutes until the deadline of 2026-11-22T08:00:00Z",
            "PT10H deadline 100: the deadline of 2026-11-22T08:00:00Z has come",
            "PT10H wind down",
            "PT10H1M leave deliveries");
  }

  @Test
  void warns_of_each_limit_and_ends_by_the_first() {
    watch(false, hours(10), money(4.50, 0.50)).watch(run);

    assertThat(story)
        .satisfiesExactly(
            line -> assertThat(line).startsWith("PT7H12M budget 80: $3.60 of $4.50"),
            line -> assertThat(line).startsWith("PT8H deadline 80:"),
            line -> assertThat(line).startsWith("PT9H budget 100: $4.50 of $4.50"),
            line -> assertThat(line).isEqualTo("PT9H wind down"),
            line -> assertThat(line).isEqualTo("PT9H1M leave deliveries"));
  }

  @Test
  void begins_what_nobody_knows_and_learns_from_what_is_done() {
    LimitWatch watch = watch(false, hours(1));
    time.sleep(Duration.ofMinutes(50));
    assertThat(watch.mayBegin(JobKind.HIGH)).isTrue();

    watch.on(done(JobKind.HIGH, Duration.ofMinutes(9)));
    assertThat(watch.mayBegin(JobKind.HIGH)).isTrue();
    watch.on(done(JobKind.HIGH, Duration.ofMinutes(11)));
    assertThat(watch.mayBegin(JobKind.HIGH)).isFalse();
    assertThat(watch.mayBegin(JobKind.COMBINE)).isTrue();
  }

  @Test
  void keeps_as_much_time_for_a_delivery_as_the_last_ones_took() {
    LimitWatch watch = watch(true, hours(10));
    watch.on(done(JobKind.DELIVER, Duration.ofMinutes(20)));
    watch.on(done(JobKind.JOIN, Duration.ofMinutes(10)));

    watch.watch(run);

    assertThat(story).element(1).asString().startsWith("PT9H30M deadline 100");
    assertThat(story).last().asString().isEqualTo("PT10H30M leave deliveries");
  }

  @Test
  void forgets_a_slow_job_of_long_ago() {
    LimitWatch watch = watch(false, hours(1));
    watch.on(done(JobKind.LOW, Duration.ofHours(3)));
    assertThat(watch.mayBegin(JobKind.LOW)).isFalse();

    for (int i = 0; i < 5; i++) {
      watch.on(done(JobKind.LOW, Duration.ofMinutes(3)));
    }
    assertThat(watch.mayBegin(JobKind.LOW)).isTrue();
  }

  /** Any limits: warned at most once each, wound down before the first is used up. */
  @RepeatedTest(100)
  void any_night_is_told_in_order_and_never_in_a_busy_loop(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Limit deadline =
        new Limit.Time(time.start, time.start.plusSeconds(10 + random.nextInt(90_000)));
    Limit budget = money((1 + random.nextInt(999)) / 100.0, (20 + random.nextInt(300)) / 100.0);

    watch(random.nextBoolean(), deadline, budget).watch(run);

    assertThat(story.stream().filter(line -> line.contains(" 100: "))).hasSize(1);
    assertThat(story.stream().filter(line -> line.contains("budget 80: "))).hasSizeLessThan(2);
    assertThat(story.stream().filter(line -> line.contains("deadline 80: "))).hasSizeLessThan(2);
    assertThat(story.subList(story.size() - 2, story.size()))
        .satisfiesExactly(
            line -> assertThat(line).endsWith("wind down"),
            line -> assertThat(line).endsWith("leave deliveries"));
    Duration wound = Duration.parse(story.get(story.size() - 2).split(" ", -1)[0]);
    Instant end = new Limits(List.of(deadline, budget)).first().until();
    assertThat(time.start.plus(wound)).isBefore(end.plusSeconds(1));
    assertThat(time.slept)
        .allSatisfy(
            pause -> assertThat(pause).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
  }
}
