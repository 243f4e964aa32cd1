package dev.promptrunner.plan;

import static dev.promptrunner.testing.Plans.candidate;
import static dev.promptrunner.testing.Plans.prompt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.Plans;
import java.util.List;
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
}
