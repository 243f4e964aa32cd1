package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.PICTURE;
import static dev.promptrunner.explore.sweep.Sweeps.VIDEO;
import static dev.promptrunner.explore.sweep.Sweeps.value;
import static dev.promptrunner.explore.sweep.Sweeps.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.workflow.Workflow;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class IterationsTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void iterations_are_numbered() {
    List<Run> runs = runs(PICTURE, SeedMode.RANDOM, 3);
    assertThat(runs).map(Run::name).containsExactly("iter_001", "iter_002", "iter_003");
    assertThat(runs).map(Run::index).containsExactly(1, 2, 3);
    assertThat(runs).map(Run::sample).containsExactly(1, 1, 1);
    assertThat(runs).map(Run::seedIndex).containsExactly(1, 2, 3);
    assertThat(Iterations.name(1234)).isEqualTo("iter_1234");
  }

  @ParameterizedTest
  @EnumSource(SeedMode.class)
  void the_first_is_the_workflow_as_it_is(SeedMode mode) {
    assertThat(runs(VIDEO, mode, 1))
        .singleElement()
        .satisfies(run -> assertThat(run.values()).isEmpty());
    assertThat(runs(VIDEO, mode, 5).getFirst().values()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SeedMode.class)
  void more_iterations_keep_those_of_before(SeedMode mode) {
    assertThat(runs(VIDEO, mode, 30)).startsWith(runs(VIDEO, mode, 7).toArray(Run[]::new));
  }

  @Test
  void drawn_seeds_are_all_different_and_one_and_the_same_for_all_samplers() {
    List<Run> runs = runs(VIDEO, SeedMode.RANDOM, 50);
    List<Run> later = runs.subList(1, runs.size());
    assertThat(values(later, "high_seed")).doesNotHaveDuplicates();
    assertThat(values(later, "low_seed")).isEqualTo(values(later, "high_seed"));
    assertThat(later.getFirst().values().keySet()).containsExactly("high_seed", "low_seed");
  }

  @Test
  void another_drawing_draws_other_seeds() {
    Parameters parameters = Sweeps.parameters(PICTURE);
    Run one = new Iterations(parameters, SeedMode.RANDOM, 1).runs(2, Map.of()).getLast();
    Run other = new Iterations(parameters, SeedMode.RANDOM, 2).runs(2, Map.of()).getLast();
    assertThat(value(one, "seed")).isNotEqualTo(value(other, "seed"));
  }

  @Test
  void seeds_are_counted_up_from_the_workflows_own() {
    List<Run> runs = runs(PICTURE, SeedMode.INCREMENT, 3);
    assertThat(values(runs.subList(1, 3), "seed"))
        .containsExactly("156680208700287", "156680208700288");
  }

  @Test
  void fixed_seeds_stay_each_as_it_is() {
    assertThat(runs(VIDEO, SeedMode.FIXED, 3))
        .allSatisfy(run -> assertThat(run.values()).isEmpty());
    assertThat(new Iterations(Sweeps.parameters(VIDEO), SeedMode.FIXED, 1).allAlike()).isTrue();
    assertThat(new Iterations(Sweeps.parameters(VIDEO), SeedMode.RANDOM, 1).allAlike()).isFalse();
  }

  @Test
  void a_workflow_without_seeds_is_the_same_each_time() {
    Parameters none = parameters("{\"1\": {\"class_type\": \"X\", \"inputs\": {\"x\": 1}}}");
    Iterations iterations = new Iterations(none, SeedMode.RANDOM, 1);
    assertThat(iterations.allAlike()).isTrue();
    assertThat(iterations.runs(3, Map.of()))
        .hasSize(3)
        .allSatisfy(run -> assertThat(run.values()).isEmpty());
  }

  @Test
  void what_is_set_is_set_in_all_and_a_seed_that_is_set_is_the_first_one() {
    Map<String, JsonNode> given =
        Map.of("seed", NODES.numberNode(BigInteger.TEN), "sampler_cfg", NODES.numberNode(5));
    List<Run> runs =
        new Iterations(Sweeps.parameters(PICTURE), SeedMode.INCREMENT, 1).runs(3, given);
    assertThat(values(runs, "seed")).containsExactly("10", "11", "12");
    assertThat(values(runs, "sampler_cfg")).containsExactly("5", "5", "5");
    List<Run> fixed = new Iterations(Sweeps.parameters(PICTURE), SeedMode.FIXED, 1).runs(2, given);
    assertThat(values(fixed, "seed")).containsExactly("10", "10");
    List<Run> random =
        new Iterations(Sweeps.parameters(PICTURE), SeedMode.RANDOM, 1).runs(2, given);
    assertThat(value(random.getFirst(), "seed")).isEqualTo("10");
    assertThat(value(random.getLast(), "seed")).isNotEqualTo("10");
  }

  @Test
  void after_the_greatest_seed_comes_the_least() {
    Map<String, JsonNode> given =
        Map.of("seed", NODES.numberNode(new BigInteger("18446744073709551615")));
    List<Run> runs =
        new Iterations(Sweeps.parameters(PICTURE), SeedMode.INCREMENT, 1).runs(3, given);
    assertThat(values(runs, "seed")).containsExactly("18446744073709551615", "0", "1");
  }

  @Test
  void every_seed_is_one_that_all_seeds_of_the_workflow_take() {
    for (SeedMode mode : SeedMode.values()) {
      Parameters two =
          parameters(
              """
              {"1": {"class_type": "KSampler", "inputs": {"seed": 4294967299}},
               "2": {"class_type": "FaceDetailer", "inputs": {"seed": 7}}}
              """);
      List<BigInteger> seeds =
          new Iterations(two, mode, 1)
              .runs(40, Map.of()).stream()
                  .flatMap(run -> run.values().values().stream())
                  .map(JsonNode::bigIntegerValue)
                  .toList();
      assertThat(seeds)
          .allMatch(
              seed ->
                  two.all().stream()
                      .filter(one -> one.field().equals("seed"))
                      .allMatch(one -> one.domain().contains(new java.math.BigDecimal(seed))));
    }
  }

  private static Parameters parameters(String json) {
    return Parameters.of(Workflow.read("w.json", json).orThrow(), Optional.empty());
  }

  private static List<Run> runs(String example, SeedMode mode, int count) {
    return new Iterations(Sweeps.parameters(example), mode, 1).runs(count, Map.of());
  }
}
