package dev.promptrunner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private final RetryPolicy policy = RetryPolicy.of(3, Duration.ofSeconds(2));

  @Test
  void pauses_double_with_jitter_up_to_sixty_four_times_the_first() {
    RetryPolicy patient = RetryPolicy.of(100, Duration.ofSeconds(2));
    Failure failure = new Failure.Transient("a", "b", "c");

    List<Double> seconds =
        IntStream.rangeClosed(1, 9).mapToObj(failed -> seconds(patient, failure, failed)).toList();

    for (int at = 0; at < seconds.size(); at++) {
      double mean = 2 << Math.min(at, 6);
      assertThat(seconds.get(at)).isBetween(0.8 * mean, Math.min(1.2 * mean, 128));
    }
    assertThat(IntStream.range(0, 20).mapToObj(_ -> seconds(patient, failure, 1)).distinct())
        .as("jitter")
        .hasSizeGreaterThan(5);
  }

  private static double seconds(RetryPolicy policy, Failure failure, int failed) {
    return switch (policy.next(failure, new Tries(failed, failed))) {
      case Measure.Again(Duration pause) -> pause.toMillis() / 1000.0;
      case Measure other -> throw new AssertionError(other);
    };
  }

  @Test
  void failures_of_other_classes_do_not_take_the_last_step_of_the_ladder_away() {
    Failure memory = new Failure.OutOfMemory("a", "b", "c");

    assertThat(policy.next(memory, new Tries(3, 1))).isEqualTo(new Measure.SmallerChunks());
    assertThat(policy.next(memory, new Tries(2, 1))).isInstanceOf(Measure.FreeThenAgain.class);
  }

  @Test
  void without_retries_the_ladder_begins_at_its_last_step() {
    Failure memory = new Failure.OutOfMemory("a", "b", "c");

    assertThat(RetryPolicy.of(1, Duration.ofSeconds(2)).next(memory, new Tries(1, 1)))
        .isEqualTo(new Measure.SmallerChunks());
  }

  @Test
  void many_retries_do_not_put_smaller_chunks_off() {
    Failure memory = new Failure.OutOfMemory("a", "b", "c");

    assertThat(RetryPolicy.of(101, Duration.ofSeconds(2)).next(memory, new Tries(3, 3)))
        .isEqualTo(new Measure.SmallerChunks());
  }

  @Test
  void a_cause_is_told_once_with_what_was_behind_it() {
    var root = new IllegalStateException("reset by peer");
    var failed = new Exception("failed", new java.io.IOException("read", root));

    assertThat(Causes.of(failed))
        .isEqualTo("java.io.IOException: read <- java.lang.IllegalStateException: reset by peer");
    assertThat(Causes.of(new Exception("alone"))).isEmpty();
  }
}
