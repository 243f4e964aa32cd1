package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

class DimensionsTest {
  private static final Dimensions CFG = Dimensions.of("s.yaml:3", "cfg", false);
  private static final Dimensions STEPS = Dimensions.of("s.yaml:3", "steps", true);

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "0.1 : 0.5 : 0.1 : [0.1,0.2,0.3,0.4,0.5]",
        "0 : 1 : 0.3 : [0.0,0.3,0.6,0.9]",
        "10 : 30 : 5 : [10,15,20,25,30]",
        "1.0 : 2.0 : 0.5 : [1.0,1.5,2.0]",
        "-1 : 1 : 1 : [-1,0,1]",
        "3 : 3 : 1 : [3]",
        "1 : 2 : 5 : [1]",
        "1e-5 : 3e-5 : 1e-5 : [1.0E-5,2.0E-5,3.0E-5]",
      })
  void levels_by_step_are_exact_decimals(String min, String max, String step, String levels) {
    assertThat(json(CFG.byStep(decimal(min), decimal(max), decimal(step)))).isEqualTo(levels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        "0 : 1 : 5 : [0.0,0.25,0.5,0.75,1.0]",
        "10 : 30 : 3 : [10,20,30]",
        "0 : 1 : 4 : [0.0,0.33333,0.66667,1.0]",
        "0.1 : 0.7 : 7 : [0.1,0.2,0.3,0.4,0.5,0.6,0.7]",
        "0.123456789 : 1 : 2 : [0.123456789,1.0]",
        "5 : 9 : 1 : [5]",
      })
  void levels_by_count_include_both_ends(String min, String max, int count, String levels) {
    assertThat(json(CFG.byCount(decimal(min), decimal(max), count))).isEqualTo(levels);
  }

  @Test
  void levels_of_whole_numbers_stay_whole() {
    assertThat(json(STEPS.byCount(decimal("10"), decimal("30"), 4))).isEqualTo("[10,17,23,30]");
    assertThat(json(STEPS.byCount(decimal("10.0"), decimal("11.0"), 2))).isEqualTo("[10,11]");
    assertThat(json(STEPS.byStep(decimal("1e1"), decimal("20"), decimal("5.0"))))
        .isEqualTo("[10,15,20]");
    String seed = "18446744073709551615";
    assertThat(json(STEPS.byStep(decimal("18446744073709551613"), decimal(seed), decimal("2"))))
        .isEqualTo("[18446744073709551613,18446744073709551615]");
  }

  /** However many levels: none twice, in order, evenly apart to the last digit shown. */
  @Test
  void levels_by_count_are_as_many_as_asked_for() {
    for (int count : new int[] {2, 10, 999, 100_001}) {
      Dimension.Levels levels =
          (Dimension.Levels) CFG.byCount(decimal("0"), decimal("0.7"), count).orThrow();
      assertThat(levels.values()).hasSize(count).doesNotHaveDuplicates();
      assertThat(levels.values().getLast().doubleValue()).isEqualTo(0.7);
    }
  }

  @Test
  void values_are_any_json_in_their_order() {
    List<JsonNode> values = List.of(json("\"euler\""), json("1.50"), json("true"), json("[1]"));
    assertThat(json(CFG.values(values))).isEqualTo("[\"euler\",1.5,true,[1]]");
  }

  @Test
  void says_what_is_wrong_with_a_range() {
    assertThat(problem(CFG.continuous(decimal("9"), decimal("3"), Scale.LINEAR)))
        .hasToString(
            "s.yaml:3: the minimum of 'cfg' is above its maximum, found '9 > 3': swap them");
    assertThat(problem(CFG.continuous(decimal("0"), decimal("3"), Scale.LOG)))
        .hasToString(
            "s.yaml:3: the minimum of 'cfg' must be above 0 for scale: log, found '0': give a min"
                + " such as 0.01, or scale: linear");
    assertThat(problem(STEPS.continuous(decimal("1"), decimal("3.5"), Scale.LINEAR)))
        .hasToString(
            "s.yaml:3: 'steps' takes whole numbers only, found '3.5': write a whole number");
    assertThat(problem(CFG.byCount(decimal("0"), decimal("1e999999999"), 2)))
        .hasToString(
            "s.yaml:3: a number of 'cfg' is too large or too small, found '1E+999999999': stay"
                + " within 1e-300 and 1e300");
  }

  @Test
  void says_what_is_wrong_with_levels() {
    assertThat(problem(CFG.byStep(decimal("1"), decimal("2"), decimal("0"))))
        .hasToString("s.yaml:3: the step of 'cfg' must be above 0, found '0': write such as 0.5");
    assertThat(problem(CFG.byStep(decimal("1"), decimal("2"), decimal("1e-999999999"))).what())
        .isEqualTo("a number of 'cfg' is too large or too small");
    assertThat(problem(STEPS.byStep(decimal("1"), decimal("2"), decimal("0.5"))).what())
        .isEqualTo("'steps' takes whole numbers only");
    assertThat(problem(CFG.byStep(decimal("0"), decimal("1"), decimal("1e-6"))))
        .hasToString(
            "s.yaml:3: 'cfg' must have 1 to 1000000 levels, found '1000001': change its step or"
                + " count");
    assertThat(problem(CFG.byCount(decimal("0"), decimal("1"), 0)).found()).isEqualTo("0");
    assertThat(problem(STEPS.byCount(decimal("1"), decimal("3"), 4)))
        .hasToString(
            "s.yaml:3: 'steps' has fewer values from 1 to 3, found '4': give a count of at most 3");
    assertThat(problem(CFG.byCount(decimal("2"), decimal("2"), 2)).remedy())
        .isEqualTo("give a count of at most 1");
    assertThat(problem(CFG.values(List.of())))
        .hasToString("s.yaml:3: the values of 'cfg' are empty: list at least one value");
  }

  @Test
  void a_dimension_cannot_be_made_wrong() {
    assertThatThrownBy(() -> new Dimension.Levels("cfg", List.of())).hasMessage("no levels: cfg");
    assertThatThrownBy(
            () -> new Dimension.Continuous("cfg", decimal("0"), decimal("1"), Scale.LOG, false))
        .hasMessage("not a range: cfg from 0 to 1, log");
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text.strip());
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static String json(Reading<Dimension> reading) {
    ArrayNode array = JsonMapper.shared().createArrayNode();
    ((Dimension.Levels) reading.orThrow()).values().forEach(array::add);
    return array.toString();
  }

  private static Problem problem(Reading<Dimension> reading) {
    return reading.problems().getFirst();
  }
}
