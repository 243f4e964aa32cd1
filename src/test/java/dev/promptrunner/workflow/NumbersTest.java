package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Numbers.Combining;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void a_combine_may_leave_out_as_many_frames_as_the_recipe_says() {
    Combining doubling = new Combining(2, 1, 2);
    assertThat(doubling.framesOf(100)).isEqualTo(200);
    assertThat(doubling.accepts(100, 200)).isTrue();
    assertThat(doubling.accepts(100, 199)).isTrue();
    assertThat(doubling.accepts(100, 198)).isFalse();
    assertThat(doubling.accepts(100, 201)).isFalse();
    assertThat(new Combining(1, 0, 1).accepts(100, 99)).isFalse();
  }

  @Test
  void a_bad_reading_throws_all_its_problems_at_who_did_not_look() {
    Reading<String> bad =
        new Reading.Bad<>(
            List.of(new Problem("a:1", "wrong", "x", "mend"), new Problem("b", "bad", "", "go")));
    assertThatThrownBy(bad::orThrow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a:1: wrong, found 'x': mend\nb: bad: go");
    assertThatThrownBy(() -> new Reading.Bad<>(List.of()))
        .hasMessage("a bad reading names at least one problem");
  }
}
