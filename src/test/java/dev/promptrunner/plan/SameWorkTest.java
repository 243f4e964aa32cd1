package dev.promptrunner.plan;

import static dev.promptrunner.testing.Plans.candidate;
import static dev.promptrunner.testing.Plans.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.Plans;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SameWorkTest {
  @Test
  void two_prompt_files_that_ask_for_the_same_are_done_once() {
    List<Candidate> same =
        List.of(
            candidate(prompt("first", "walk", 100), 108),
            candidate(prompt("second", "walk", 100), 108));

    Planned planned =
        new Planner(Plans.recipe(), PlanSettings.defaults()).plan(same, Known.NOTHING);

    assertThat(planned.plan().works()).hasSize(1);
    assertThat(planned.notes())
        .singleElement()
        .asString()
        .contains("second.txt", "asks for the same work", "first.txt", "done once");
  }

  @Test
  void a_new_prompt_file_that_comes_first_leaves_a_finished_video_its_name_and_its_jobs() {
    Candidate walk = candidate(prompt("walk", "walk", 100), 108);
    Candidate before = candidate(prompt("a_new_one", "walk", 90), 108);
    VideoWork finished = plan(List.of(walk), Known.NOTHING).getFirst();
    Known known = new Known(Map.of(finished.key(), "walk"), Map.of());

    List<VideoWork> works = plan(List.of(before, walk), known);

    assertThat(works).extracting(VideoWork::name).containsExactly("walk-a_new_one", "walk");
    assertThat(works.getLast().jobs()).isEqualTo(finished.jobs());
  }

  @Test
  void one_that_comes_later_leaves_the_works_under_way_their_names_too() {
    VideoWork running =
        plan(List.of(candidate(prompt("walk", "walk", 100), 108)), Known.NOTHING).getFirst();
    List<Candidate> late = List.of(candidate(prompt("late", "walk", 90), 108));

    List<VideoWork> works =
        new Planner(Plans.recipe(), PlanSettings.defaults())
            .plan(late, Known.NOTHING, List.of(running))
            .plan()
            .works();

    assertThat(works).extracting(VideoWork::name).containsExactly("walk-late");
  }

  @Test
  void a_changed_prompt_file_still_takes_over_the_name_of_what_it_asked_for_before() {
    VideoWork earlier =
        plan(List.of(candidate(prompt("walk", "walk", 100), 108)), Known.NOTHING).getFirst();
    Known known = new Known(Map.of(earlier.key(), "walk"), Map.of());

    List<VideoWork> works = plan(List.of(candidate(prompt("walk", "walk", 90), 108)), known);

    assertThat(works).extracting(VideoWork::name).containsExactly("walk");
  }

  @Test
  void each_iteration_of_a_prompt_file_is_a_video_of_its_own_and_the_first_is_the_usual_one() {
    List<Candidate> walk = List.of(candidate(prompt("walk", "walk", 90), 108));
    List<BigInteger> seeds = List.of(BigInteger.valueOf(42), BigInteger.ONE, BigInteger.TEN);

    List<VideoWork> works =
        new Planner(Plans.recipe(), PlanSettings.defaults(), seeds)
            .plan(walk, Known.NOTHING)
            .plan()
            .works();

    assertThat(works)
        .extracting(VideoWork::name)
        .containsExactly("walk", "walk-iter_002", "walk-iter_003");
    assertThat(works.getFirst().jobs()).isEqualTo(plan(walk, Known.NOTHING).getFirst().jobs());
    assertThat(works).extracting(VideoWork::key).doesNotHaveDuplicates();
    assertThat(works)
        .extracting(VideoWork::promptFile)
        .containsExactly("walk.txt", "walk.txt#iter_002", "walk.txt#iter_003");
    assertThat(works)
        .extracting(work -> VideoWork.promptFileOf(work.promptFile()))
        .containsOnly("walk.txt");
  }

  private static List<VideoWork> plan(List<Candidate> candidates, Known known) {
    return new Planner(Plans.recipe(), PlanSettings.defaults())
        .plan(candidates, known)
        .plan()
        .works();
  }
}
