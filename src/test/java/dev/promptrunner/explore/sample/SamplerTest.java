package dev.promptrunner.explore.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class SamplerTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Dimension CFG = continuous("cfg", 3, 9, false);
  private static final Dimension STEPS = continuous("steps", 10, 30, true);
  private static final Dimension MODEL = texts("model", "low", "high");
  private static final Dimension SAMPLER = texts("sampler", "euler", "heun", "dpmpp");

  @Test
  void sobol_points_begin_with_every_minimum_and_fill_the_space() {
    assertThat(points(sampler(Strategy.SOBOL, 4), CFG, STEPS, MODEL))
        .containsExactly("3.0 10 low", "6.0 20 high", "7.5 15 low", "4.5 25 high");
  }

  @Test
  void a_grid_has_every_combination_and_its_first_dimension_varies_slowest() {
    assertThat(points(sampler(Strategy.GRID, 1), MODEL, SAMPLER))
        .containsExactly(
            "low euler", "low heun", "low dpmpp", "high euler", "high heun", "high dpmpp");
  }

  @Test
  void linear_points_go_from_every_minimum_to_every_maximum() {
    assertThat(points(sampler(Strategy.LINEAR, 5), CFG, STEPS, SAMPLER))
        .containsExactly(
            "3.0 10 euler", "4.5 15 euler", "6.0 20 heun", "7.5 25 dpmpp", "9.0 30 dpmpp");
    assertThat(points(sampler(Strategy.LINEAR, 1), CFG, SAMPLER)).containsExactly("3.0 euler");
  }

  /** 1/49 · 49 is below 1 in binary. */
  @Test
  void linear_points_meet_each_of_as_many_levels() {
    for (int levels = 1; levels <= 300; levels++) {
      Dimension dimension =
          new Dimension.Levels(
              "x", IntStream.range(0, levels).<JsonNode>mapToObj(NODES::numberNode).toList());
      Sampler more = sampler(Strategy.LINEAR, levels + 1);
      List<String> found = points(more, dimension);
      for (int i = 0; i <= levels; i++) {
        assertThat(found.get(i)).isEqualTo("" + Math.min(i, levels - 1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void the_same_settings_give_the_same_points(Strategy strategy) {
    for (boolean scramble : new boolean[] {false, true}) {
      Sampler sampler = new Sampler("s.yaml", strategy, 16, 5, scramble);
      Sampler again = new Sampler("s.yaml", strategy, 16, 5, scramble);
      assertThat(points(sampler, MODEL, SAMPLER)).isEqualTo(points(again, MODEL, SAMPLER));
    }
  }

  @Test
  void another_seed_draws_other_points() {
    for (Strategy strategy : List.of(Strategy.LHS, Strategy.RANDOM, Strategy.SOBOL)) {
      Sampler one = new Sampler("s.yaml", strategy, 8, 1, true);
      Sampler two = new Sampler("s.yaml", strategy, 8, 2, true);
      assertThat(points(one, CFG, STEPS)).isNotEqualTo(points(two, CFG, STEPS));
    }
  }

  @Test
  void a_seed_changes_nothing_that_is_not_drawn() {
    for (Strategy strategy : List.of(Strategy.LINEAR, Strategy.SOBOL)) {
      Sampler one = new Sampler("s.yaml", strategy, 8, 1, false);
      Sampler two = new Sampler("s.yaml", strategy, 8, 2, false);
      assertThat(points(one, CFG, STEPS)).isEqualTo(points(two, CFG, STEPS));
    }
  }

  /** These points are what sweeps of released versions were rendered with. */
  @Test
  void drawn_points_are_the_same_in_every_version() {
    assertThat(points(sampler(Strategy.RANDOM, 3), CFG, STEPS))
        .containsExactly("4.1151 20", "6.496 13", "4.3615 18");
    assertThat(points(sampler(Strategy.LHS, 3), CFG, STEPS))
        .containsExactly("3.6879 15", "7.6981 22", "6.9199 27");
    assertThat(points(new Sampler("s.yaml", Strategy.SOBOL, 3, 1, true), CFG, STEPS))
        .containsExactly("8.0794 26", "5.1823 20", "3.7895 24");
    // The upper halves of the first two numbers of 64 bits of MT19937 for the key {0, 1, 3}.
    assertThat(Seeds.of(SeedMode.RANDOM, Optional.empty(), 2, 1))
        .containsExactly(
            new BigInteger("4161193340112851945").shiftRight(32),
            new BigInteger("4031566616546984912").shiftRight(32));
  }

  @Test
  void more_points_begin_with_those_of_before() {
    for (Strategy strategy : List.of(Strategy.SOBOL, Strategy.RANDOM)) {
      for (boolean scramble : new boolean[] {false, true}) {
        List<String> few = points(new Sampler("s.yaml", strategy, 10, 3, scramble), CFG, SAMPLER);
        assertThat(points(new Sampler("s.yaml", strategy, 100, 3, scramble), CFG, SAMPLER))
            .startsWith(few.toArray(String[]::new));
      }
    }
  }

  @Test
  void points_are_maps_in_the_order_of_the_dimensions() {
    Map<String, JsonNode> point =
        sampler(Strategy.SOBOL, 1).samples(List.of(STEPS, CFG)).orThrow().getFirst();
    assertThat(point).hasToString("{steps=10, cfg=3.0}").hasSize(2).containsKey("cfg");
    assertThat(point.get("steps").intValue()).isEqualTo(10);
    assertThat(point.get("seed")).isNull();
    assertThat(point)
        .isEqualTo(Map.of("cfg", NODES.numberNode(3.0), "steps", NODES.numberNode(10)));
  }

  @Test
  void without_dimensions_points_are_empty() {
    for (Strategy strategy : Strategy.values()) {
      assertThat(sampler(strategy, 4).samples(List.of()).orThrow())
          .hasSize(strategy == Strategy.GRID ? 1 : 4)
          .allSatisfy(point -> assertThat(point).isEmpty());
    }
  }

  @Test
  void a_grid_of_a_continuous_dimension_is_refused() {
    assertThat(problems(sampler(Strategy.GRID, 1), Conditions.NONE, MODEL, CFG))
        .containsExactly(
            "s.yaml: a grid needs levels, but 'cfg' is continuous: give it type: linear with a"
                + " step or count, or use strategy: sobol");
  }

  @Test
  void a_grid_beyond_a_million_points_is_refused_before_it_is_made() {
    Dimension[] huge =
        IntStream.range(0, 40).mapToObj(i -> levels("d" + i, 1000)).toArray(Dimension[]::new);
    assertThat(problems(sampler(Strategy.GRID, 1), Conditions.NONE, huge))
        .containsExactly(
            "s.yaml: a grid may have at most 1000000 points, found '1"
                + "000".repeat(40)
                + "': take fewer levels, or strategy: sobol with num_samples");
    assertThat(
            sampler(Strategy.GRID, 1)
                .samples(List.of(levels("a", 1000), levels("b", 1000)))
                .orThrow())
        .hasSize(1_000_000);
  }

  @Test
  void too_many_points_are_refused() {
    assertThat(problems(sampler(Strategy.SOBOL, 1_000_001), Conditions.NONE, CFG))
        .containsExactly(
            "s.yaml: at most 1000000 points can be sampled, found '1000001': set a smaller"
                + " num_samples");
    assertThatThrownBy(() -> sampler(Strategy.SOBOL, 0)).hasMessage("not a number of points: 0");
  }

  @Test
  void two_dimensions_of_one_name_are_refused() {
    assertThatThrownBy(() -> sampler(Strategy.SOBOL, 1).samples(List.of(CFG, CFG)))
        .hasMessage("two dimensions have one name: cfg");
  }

  @Test
  void a_grid_leaves_out_what_its_constraints_refuse() {
    Conditions conditions = conditions("sampler != 'heun'", "model == 'high'");
    assertThat(points(sampler(Strategy.GRID, 1), conditions, MODEL, SAMPLER))
        .containsExactly("high euler", "high dpmpp");
  }

  @Test
  void others_go_on_until_enough_points_satisfy_the_constraints() {
    Dimension high = continuous("high_steps", 1, 30, true);
    for (Strategy strategy : List.of(Strategy.SOBOL, Strategy.LHS, Strategy.RANDOM)) {
      List<Map<String, JsonNode>> points =
          sampler(strategy, 50)
              .samples(List.of(STEPS, high), conditions("high_steps + 2 <= steps"))
              .orThrow();
      assertThat(points)
          .hasSize(50)
          .allSatisfy(
              point ->
                  assertThat(point.get("high_steps").intValue() + 2)
                      .isLessThanOrEqualTo(point.get("steps").intValue()));
    }
  }

  @Test
  void linear_points_that_the_constraints_refuse_are_left_out() {
    assertThat(points(sampler(Strategy.LINEAR, 5), conditions("cfg < 5"), CFG, STEPS))
        .containsExactly("3.0 10", "4.5 15");
  }

  @Test
  void a_constraint_may_speak_of_what_does_not_vary() {
    Conditions conditions =
        new Conditions(
            List.of(constraint("steps <= nodes.4.inputs.end_at_step")),
            Map.of("nodes.4.inputs.end_at_step", NODES.numberNode(12)));
    assertThat(sampler(Strategy.SOBOL, 8).samples(List.of(STEPS), conditions).orThrow())
        .hasSize(8)
        .allSatisfy(point -> assertThat(point.get("steps").intValue()).isBetween(10, 12));
  }

  @Test
  void gives_up_when_the_constraints_leave_too_little() {
    assertThat(problems(sampler(Strategy.SOBOL, 8), conditions("steps > 5", "steps > 40"), STEPS))
        .containsExactly(
            "s.yaml: 0 of 8000 points satisfy all constraints; most break this one, found"
                + " 'steps > 40': widen the ranges or relax it");
    assertThat(problems(sampler(Strategy.RANDOM, 400), conditions("cfg < 3.0001"), CFG))
        .singleElement()
        .asString()
        .matches(
            "s.yaml: (\\d+) of 400000 points satisfy all constraints; most break this one, found"
                + " 'cfg < 3.0001': widen the ranges, relax it, or set num_samples: \\1");
    assertThat(problems(sampler(Strategy.GRID, 1), conditions("model == 'none'"), MODEL))
        .containsExactly(
            "s.yaml: 0 of 2 points satisfy all constraints; most break this one, found 'model =="
                + " 'none'': widen the ranges or relax it");
  }

  @Test
  void constraints_are_checked_before_anything_is_drawn() {
    assertThat(problems(sampler(Strategy.SOBOL, 8), conditions("stesp > 5"), STEPS))
        .containsExactly(
            "s.yaml: the constraint 'stesp > 5' speaks of an unknown parameter, found 'stesp': did"
                + " you mean 'steps'?");
    assertThat(problems(sampler(Strategy.SOBOL, 8), conditions("sampler > 5"), SAMPLER))
        .containsExactly(
            "s.yaml: the constraint 'sampler > 5' needs numbers, but 'sampler' can be something"
                + " else, found '\"euler\"': compare it with == or !=");
  }

  @Test
  void names_of_strategies_and_modes_are_known() {
    assertThat(Strategy.of("lhs")).hasValue(Strategy.LHS);
    assertThat(Strategy.of("LHS")).isEmpty();
    assertThat(Strategy.keys()).containsExactly("sobol", "lhs", "grid", "random", "linear");
    assertThat(SeedMode.of("increment")).hasValue(SeedMode.INCREMENT);
    assertThat(SeedMode.keys()).containsExactly("random", "increment", "fixed");
    assertThat(Scale.of("log")).hasValue(Scale.LOG);
    assertThat(Scale.keys()).containsExactly("linear", "log");
  }

  private static Sampler sampler(Strategy strategy, int count) {
    return new Sampler("s.yaml", strategy, count, 1, false);
  }

  private static Constraint constraint(String text) {
    return Constraint.parse(text, "s.yaml").orThrow();
  }

  private static Conditions conditions(String... texts) {
    return new Conditions(Stream.of(texts).map(SamplerTest::constraint).toList(), Map.of());
  }

  private static Dimension continuous(String name, int min, int max, boolean whole) {
    return new Dimension.Continuous(
        name, BigDecimal.valueOf(min), BigDecimal.valueOf(max), Scale.LINEAR, whole);
  }

  private static Dimension texts(String name, String... values) {
    return new Dimension.Levels(name, Stream.of(values).<JsonNode>map(NODES::stringNode).toList());
  }

  private static Dimension levels(String name, int count) {
    return new Dimension.Levels(
        name, IntStream.range(0, count).<JsonNode>mapToObj(NODES::numberNode).toList());
  }

  private static List<String> points(Sampler sampler, Dimension... dimensions) {
    return points(sampler, Conditions.NONE, dimensions);
  }

  private static List<String> points(
      Sampler sampler, Conditions conditions, Dimension... dimensions) {
    return sampler.samples(List.of(dimensions), conditions).orThrow().stream()
        .map(point -> String.join(" ", point.values().stream().map(SamplerTest::text).toList()))
        .toList();
  }

  private static String text(JsonNode value) {
    return value.asString();
  }

  private static List<String> problems(
      Sampler sampler, Conditions conditions, Dimension... dimensions) {
    Reading<List<Map<String, JsonNode>>> reading = sampler.samples(List.of(dimensions), conditions);
    return reading.problems().stream().map(Problem::toString).toList();
  }
}
