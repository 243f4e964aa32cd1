package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ConstraintTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Map<String, JsonNode> VALUES =
      Map.of(
          "steps", NODES.numberNode(20),
          "high_steps", NODES.numberNode(10),
          "tenth", NODES.numberNode(0.1),
          "fifth", NODES.numberNode(0.2),
          "nodes.3.inputs.cfg", NODES.numberNode(1.0),
          "nodes.309:298.inputs.cfg", NODES.numberNode(3.5),
          "4x_upscale", NODES.booleanNode(true),
          "scheduler", NODES.stringNode("karras"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "high_steps < steps",
        "high_steps+2<=steps",
        "  steps   >   high_steps  ",
        "high_steps + 10 >= steps",
        "steps - high_steps == high_steps",
        "tenth + fifth == 0.3",
        "nodes.3.inputs.cfg == 1",
        "nodes.309:298.inputs.cfg != 1",
        "-steps < -high_steps",
        "steps - -1 > 20",
        "1e1 == high_steps",
        "+.5 < 1",
        "scheduler == 'karras'",
        "scheduler != \"normal < best\"",
        "scheduler != steps",
        "4x_upscale == 'true'",
        "steps == 20.000",
      })
  void holds_exactly_when_it_is_true(String text) {
    assertThat(parsed(text).holds(VALUES::get)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "high_steps > steps",
        "high_steps + 11 <= steps",
        "tenth + fifth != 0.3",
        "scheduler == 'Karras'",
        "scheduler != 'karras'",
        "steps != 20",
        "steps < 20",
      })
  void does_not_hold_when_it_is_false(String text) {
    assertThat(parsed(text).holds(VALUES::get)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is not complete: write two values and < <= > >= == or !=, as in high_steps < steps",
        "steps|is not complete: write two values and < <= > >= == or !=, as in high_steps < steps",
        "steps <|is not complete: write two values and < <= > >= == or !=, as in high_steps <"
            + " steps",
        "< steps|is not complete: write two values and < <= > >= == or !=, as in high_steps <"
            + " steps",
        "a = b|has a single =: write == to compare",
        "a < b < c|compares twice: write two constraints",
        "a < b and c < d|has 'and' where an operator is missing: write one comparison of two"
            + " values, as in high_steps < steps",
        "a b|has 'b' where an operator is missing: write one comparison of two values, as in"
            + " high_steps < steps",
        "a * 2 < b|cannot be read from '* 2 < b': use names, paths, numbers, + and -, and put a"
            + " text in quotes",
        "a < 'b'|computes with a text: compare a text with == or !=",
        "a == b + 'c'|computes with a text: compare a text with == or !=",
      })
  void says_what_is_wrong(String text, String message) {
    assertThat(Constraint.parse(text, "s.yaml:9").problems())
        .singleElement()
        .hasToString("s.yaml:9: the constraint '" + text + "' " + message);
  }

  @Test
  void an_unknown_name_is_told_with_the_nearest() {
    List<Problem> problems = parsed("hihg_steps < karras").unknown(VALUES.keySet());
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "s.yaml:9: the constraint 'hihg_steps < karras' speaks of an unknown parameter, found"
                + " 'hihg_steps': did you mean 'high_steps'?",
            "s.yaml:9: the constraint 'hihg_steps < karras' speaks of an unknown parameter, found"
                + " 'karras': use a parameter's name or path; put a text in quotes");
    assertThat(parsed("high_steps < steps").unknown(VALUES.keySet())).isEmpty();
  }

  @Test
  void names_can_be_replaced_by_paths_and_its_text_stays() {
    Constraint constraint = parsed("cfg - 1 == cfg - 1").renamed(name -> "nodes.3.inputs." + name);
    assertThat(constraint.names()).containsExactly("nodes.3.inputs.cfg");
    assertThat(constraint).hasToString("cfg - 1 == cfg - 1");
    assertThat(constraint.holds(VALUES::get)).isTrue();
  }

  @Test
  void numbers_beyond_all_memory_are_names_that_nobody_knows() {
    assertThat(parsed("1e999999999 + 1 > 2").unknown(List.of()))
        .extracting(Problem::found)
        .containsExactly("1e999999999");
  }

  private static Constraint parsed(String text) {
    return Constraint.parse(text, "s.yaml:9").orThrow();
  }
}
