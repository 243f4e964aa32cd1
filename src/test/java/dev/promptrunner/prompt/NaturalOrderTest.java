package dev.promptrunner.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  private static final List<String> SORTED =
      List.of(
          "",
          "01",
          "1",
          "2",
          "9a",
          "10",
          "00010b",
          "99999999999999999999",
          "a",
          "a1",
          "A2",
          "a02b",
          "a10",
          "b",
          "shot 2 take 9",
          "shot 2 take 10",
          "shot2",
          "shot10",
          "走2",
          "走10");

  @Test
  void sorts_as_people_do_from_any_start() {
    for (int seed = 0; seed < 500; seed++) {
      List<String> names = new ArrayList<>(SORTED);
      Collections.shuffle(names, new Random(seed));
      names.sort(NaturalOrder.INSTANCE);
      assertThat(names).as("seed %d", seed).isEqualTo(SORTED);
    }
  }

  @Test
  void is_a_total_order() {
    for (String left : SORTED) {
      for (String right : SORTED) {
        int order = NaturalOrder.INSTANCE.compare(left, right);
        assertThat(order == 0).isEqualTo(left.equals(right));
        assertThat(Integer.signum(NaturalOrder.INSTANCE.compare(right, left)))
            .isEqualTo(-Integer.signum(order));
      }
    }
  }
}
