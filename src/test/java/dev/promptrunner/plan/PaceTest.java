package dev.promptrunner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.testing.Plans;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static Plan plan(CombineMode mode, int... frames) {
    PlanSettings settings = Plans.settings(100, 0, mode, JobOrder.ADJACENT, false);
    List<VideoWork> works = new java.util.ArrayList<>();
    for (int n = 0; n < frames.length; n++) {
      works.add(Plans.work("walk" + n, frames[n], settings));
    }
    return new Plan(works, JobOrder.ADJACENT);
  }

  /** A first prompt file that is done: 30 s for each HIGH, 50 s for each LOW, 1 s for the rest. */
  private static Map<JobId, Duration> first(Plan plan) {
    Map<JobId, Duration> took = new HashMap<>();
    for (Job job : plan.works().getFirst().jobs()) {
      took.put(
          job.id(),
          Duration.ofSeconds(
              switch (job.kind()) {
                case HIGH -> 30;
                case LOW -> 50;
                default -> 1;
              }));
    }
    return took;
  }

  @Test
  void the_same_work_takes_the_same_time() {
    Plan plan = plan(CombineMode.COPY, 100, 100);
    assertThat(new Pace(plan, first(plan)).expected(plan))
        .contains(new Pace.Expected(Duration.ofSeconds(80), 2, 2));
  }

  @Test
  void time_grows_with_the_frames() {
    Plan plan = plan(CombineMode.COPY, 100, 400);
    assertThat(new Pace(plan, first(plan)).expected(plan).orElseThrow())
        .satisfies(
            expected -> {
              assertThat(expected.time()).isEqualTo(Duration.ofSeconds(320));
              assertThat(expected.jobs()).isEqualTo(8);
            });
  }

  @Test
  void combines_grow_with_the_video_so_far() {
    Plan plan = plan(CombineMode.WORKFLOW, 100, 200);
    Duration expected = new Pace(plan, first(plan)).expected(plan).orElseThrow().time();
    // Two pairs, a combine of 100 frames and one of 200.
    assertThat(expected).isEqualTo(Duration.ofSeconds(80 + 80 + 1 + 2));
  }

  @Test
  void nothing_is_expected_of_a_kind_that_was_never_done() {
    Plan plan = plan(CombineMode.COPY, 100, 100);
    assertThat(new Pace(plan, Map.of()).expected(plan)).isEmpty();
    Map<JobId, Duration> high =
        Map.of(plan.works().getFirst().jobs().getFirst().id(), Duration.ofSeconds(30));
    assertThat(new Pace(plan, high).expected(plan)).isEmpty();
  }

  @Test
  void nothing_is_expected_when_everything_is_done() {
    Plan plan = plan(CombineMode.COPY, 100);
    assertThat(new Pace(plan, first(plan)).expected(plan)).isEmpty();
  }
}
