package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LadderTest {
  private static List<String> texts(String min, String max, String step, String... tried) {
    return Ladder.of(
            new BigDecimal(min),
            new BigDecimal(max),
            Optional.of(step).filter(text -> !text.isEmpty()).map(BigDecimal::new),
            Arrays.stream(tried).map(BigDecimal::new).toList())
        .stream()
        .map(Ladder.Rung::text)
        .toList();
  }

  @Test
  void levels_have_their_neighbours_within_the_range() {
    assertThat(texts("10", "30", "5", "20")).containsExactly("10", "15", "20", "25", "30");
    assertThat(texts("10", "30", "5", "10")).containsExactly("10", "15", "30");
    assertThat(texts("0", "1", "0.1", "0.3")).containsExactly("0", "0.2", "0.3", "0.4", "1");
  }

  @Test
  void without_a_step_the_neighbours_are_what_was_tried() {
    assertThat(texts("3", "9", "", "4.123456789", "7.5"))
        .containsExactly("3", "4.1235", "7.5", "9");
  }

  @Test
  void what_lies_outside_is_left_out() {
    assertThat(texts("3", "9", "", "2.9", "9.1", "5")).containsExactly("3", "5", "9");
  }

  @Test
  void small_values_are_written_out() {
    assertThat(texts("0.000001", "0.01", "", "0.0000123456"))
        .containsExactly("0.000001", "0.000012346", "0.01");
  }

  @Test
  void rungs_ascend_and_never_leave_the_range() {
    Random random = new Random(3);
    for (int round = 0; round < 2000; round++) {
      BigDecimal min = BigDecimal.valueOf(random.nextDouble() * 10 - 5);
      BigDecimal max = min.add(BigDecimal.valueOf(random.nextDouble() * 1e-3 + 1e-9));
      List<BigDecimal> tried = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        tried.add(min.add(BigDecimal.valueOf(random.nextDouble() * 1.1e-3)));
      }
      List<Ladder.Rung> rungs = Ladder.of(min, max, Optional.empty(), tried);
      for (int i = 0; i < rungs.size(); i++) {
        assertThat(new BigDecimal(rungs.get(i).text())).isBetween(min, max);
        assertThat(i == 0 || rungs.get(i - 1).at() < rungs.get(i).at()).isTrue();
      }
      assertThat(rungs.getFirst().text()).isEqualTo(min.stripTrailingZeros().toPlainString());
      assertThat(rungs.getLast().text()).isEqualTo(max.stripTrailingZeros().toPlainString());
    }
  }
}
