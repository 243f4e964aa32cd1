package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.PICTURE;
import static dev.promptrunner.explore.sweep.Sweeps.VIDEO;
import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static dev.promptrunner.explore.sweep.Sweeps.runs;
import static dev.promptrunner.explore.sweep.Sweeps.table;
import static dev.promptrunner.explore.sweep.Sweeps.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Workflow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTableTest {
  private static final String SPACE =
      """
      parameters:
        sampler_cfg: {type: continuous, min: 3, max: 9}
        sampler_steps: {type: linear, min: 10, max: 30, step: 5}
        sampler_name: {type: values, values: [euler, heun]}
        seed: {type: random_seed}
        positive_text: {type: prompt, values: [a fox, a wolf, a bear]}
      """;

  @Test
  void runs_stand_point_by_point_each_with_all_its_seeds() {
    List<Run> runs = runs("num_samples: 3\nseeds_per_sample: 2\n" + SPACE);

    assertThat(runs).map(Run::name).containsExactly("001", "002", "003", "004", "005", "006");
    assertThat(runs).map(Run::index).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(runs).map(Run::sample).containsExactly(1, 1, 2, 2, 3, 3);
    assertThat(runs).map(Run::seedIndex).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(runs).allSatisfy(run -> assertThat(run.shot()).isEmpty());
    assertThat(runs).allSatisfy(run -> assertThat(run.files()).isEmpty());
    assertThat(runs.getFirst().values().keySet())
        .containsExactly("sampler_cfg", "sampler_steps", "sampler_name", "seed", "positive_text");
    assertThat(values(runs, "sampler_cfg"))
        .containsExactly("3.0", "3.0", "6.0", "6.0", "7.5", "7.5");
    assertThat(values(runs, "sampler_steps")).containsExactly("10", "10", "20", "20", "15", "15");
    assertThat(values(runs, "sampler_name"))
        .containsExactly("euler", "euler", "heun", "heun", "euler", "euler");
  }

  @Test
  void seeds_are_the_same_at_each_point_so_that_points_compare() {
    List<String> seeds = values(runs("num_samples: 3\nseeds_per_sample: 2\n" + SPACE), "seed");
    assertThat(seeds)
        .isEqualTo(
            List.of(
                seeds.get(0),
                seeds.get(1),
                seeds.get(0),
                seeds.get(1),
                seeds.get(0),
                seeds.get(1)));
    assertThat(seeds.get(0)).isNotEqualTo(seeds.get(1));
  }

  @Test
  void the_same_file_gives_the_same_table_and_another_seed_of_the_sampler_other_seeds() {
    String file = "strategy: random\nnum_samples: 5\n" + SPACE;
    assertThat(runs(file)).isEqualTo(runs(file));
    assertThat(values(runs("sampler_seed: 2\n" + file), "seed"))
        .isNotEqualTo(values(runs(file), "seed"));
    assertThat(values(runs("sampler_seed: 2\n" + file), "sampler_cfg"))
        .isNotEqualTo(values(runs(file), "sampler_cfg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sobol", "random"})
  void more_points_later_keep_those_of_before_under_their_names(String strategy) {
    String file = "strategy: %s\nseeds_per_sample: 2\n%snum_samples: ".formatted(strategy, SPACE);
    List<Run> few = runs(file + "5");
    assertThat(runs(file + "40")).startsWith(few.toArray(Run[]::new));
  }

  @Test
  void prompts_are_cycled_whatever_the_point_is() {
    List<Run> runs = runs("num_samples: 5\nseeds_per_sample: 2\n" + SPACE);
    assertThat(values(runs, "positive_text"))
        .containsExactly(
            "a fox", "a fox", "a wolf", "a wolf", "a bear", "a bear", "a fox", "a fox", "a wolf",
            "a wolf");
  }

  @Test
  void without_a_space_there_is_one_point() {
    List<Run> runs = runs("strategy: sobol\n");
    assertThat(runs).hasSize(1);
    assertThat(runs.getFirst().values()).isEmpty();
    assertThat(runs("seeds_per_sample: 3\nparameters: {seed: {type: random_seed}}")).hasSize(3);
  }

  /** Who writes 8 samples of a seed alone wants 8 seeds, and would get one run. */
  @Test
  void a_number_of_samples_needs_something_to_sample() {
    String seed = "parameters: {seed: {type: random_seed}}";
    assertThat(problems(table("num_samples: 8\n" + seed, Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: num_samples has nothing to sample: no parameter has a range, values or"
                + " prompts, found '8': for that many seeds write seeds_per_sample: 8 instead, with"
                + " a parameter of type: random_seed");
    assertThat(runs("num_samples: 1\nseeds_per_sample: 4\n" + seed)).hasSize(4);
    assertThat(runs("num_samples: 8\nparameters: {positive_text: {type: prompt, values: [a, b]}}"))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sobol", "lhs", "random"})
  void more_than_a_million_runs_are_refused_before_any_is_listed(String strategy) {
    assertThat(
            problems(
                table(
                    "strategy: %s\nnum_samples: 1000000\nseeds_per_sample: 10000\n%s"
                        .formatted(strategy, SPACE),
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: a sweep may have at most 1000000 runs, found '1000000 samples with 10000 seeds"
                + " each': set a smaller num_samples or seeds_per_sample, or take fewer levels");
  }

  @Test
  void a_grid_counts_with_its_own_number_and_with_what_constraints_leave() {
    String grid =
        """
        strategy: grid
        seeds_per_sample: 10000
        parameters:
          seed: {type: random_seed}
          sampler_steps: {type: linear, min: 1, max: 101, step: 1}
        """;
    assertThat(problems(table(grid, Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: a sweep may have at most 1000000 runs, found '101 samples with 10000 seeds"
                + " each': set a smaller num_samples or seeds_per_sample, or take fewer levels");
    assertThat(runs(grid + "constraints: sampler_steps < 2")).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sobol", "lhs", "grid", "random", "linear"})
  void without_a_space_there_is_one_point_for_each_prompt(String strategy) {
    List<Run> runs =
        runs(
            """
            strategy: %s
            parameters:
              positive_text: {type: prompt, values: [a, b, c]}
              negative_text: {type: prompt, values: [x, y]}
            """
                .formatted(strategy));
    assertThat(values(runs, "positive_text")).containsExactly("a", "b", "c");
    assertThat(values(runs, "negative_text")).containsExactly("x", "y", "x");
  }

  @Test
  void linked_parameters_have_one_value_in_every_run() {
    List<Run> runs =
        table(
                """
                num_samples: 4
                seeds_per_sample: 2
                parameters:
                  sampler_high_cfg: {type: continuous, min: 1, max: 9, linked: [sampler_low_cfg]}
                  high_seed: {type: random_seed, linked: [nodes.58.inputs.noise_seed]}
                """,
                Sweeps.parameters(VIDEO))
            .orThrow();
    assertThat(runs.getFirst().values().keySet())
        .containsExactly("sampler_high_cfg", "sampler_low_cfg", "high_seed", "low_seed");
    assertThat(values(runs, "sampler_low_cfg")).isEqualTo(values(runs, "sampler_high_cfg"));
    assertThat(values(runs, "low_seed")).isEqualTo(values(runs, "high_seed"));
  }

  @Test
  void two_seed_parameters_have_streams_of_their_own() {
    List<Run> runs =
        table(
                """
                seeds_per_sample: 4
                parameters: {high_seed: {type: random_seed}, low_seed: {type: random_seed}}
                """,
                Sweeps.parameters(VIDEO))
            .orThrow();
    Set<String> seeds = new HashSet<>(values(runs, "high_seed"));
    seeds.addAll(values(runs, "low_seed"));
    assertThat(seeds).hasSize(8);
  }

  @Test
  void seeds_are_counted_up_from_the_workflows_own() {
    assertThat(
            values(
                runs(
                    "seed_mode: increment\nseeds_per_sample: 3\n"
                        + "parameters: {seed: {type: random_seed}}"),
                "seed"))
        .containsExactly("156680208700286", "156680208700287", "156680208700288");
  }

  @Test
  void a_fixed_seed_is_the_workflows_own() {
    assertThat(values(runs("seed_mode: fixed\nparameters: {seed: {type: random_seed}}"), "seed"))
        .containsExactly("156680208700286");
  }

  @Test
  void seeds_stay_within_the_range_that_is_written() {
    List<String> seeds =
        values(
            runs("seeds_per_sample: 50\nparameters: {seed: {type: random_seed, min: 5, max: 54}}"),
            "seed");
    assertThat(seeds).doesNotHaveDuplicates().hasSize(50);
    assertThat(seeds).allMatch(seed -> Integer.parseInt(seed) >= 5 && Integer.parseInt(seed) <= 54);
  }

  /** What a server would refuse after an hour of rendering. */
  @Test
  void seeds_stay_within_what_the_node_takes_when_nobody_writes_a_range() {
    for (String mode : List.of("random", "increment", "fixed")) {
      List<Run> runs =
          runs(
              "seed_mode: %s\nseeds_per_sample: %d\nparameters: {latent_width: {type: random_seed}}"
                  .formatted(mode, mode.equals("fixed") ? 1 : 100));
      assertThat(values(runs, "latent_width"))
          .allMatch(seed -> Integer.parseInt(seed) >= 16 && Integer.parseInt(seed) <= 16384);
    }
  }

  @Test
  void seeds_are_never_rounded() {
    List<Run> runs = runs("seeds_per_sample: 200\nparameters: {seed: {type: random_seed}}");
    List<BigInteger> seeds = values(runs, "seed").stream().map(BigInteger::new).toList();
    assertThat(seeds).anyMatch(seed -> seed.bitLength() == 32 && seed.testBit(0));
    assertThat(seeds).doesNotHaveDuplicates();
    String greatest = "18446744073709551615";
    assertThat(
            values(
                runs("parameters: {seed: {type: values, values: [%s]}}".formatted(greatest)),
                "seed"))
        .containsOnly(greatest);
  }

  @Test
  void several_seeds_need_a_parameter_that_takes_them() {
    assertThat(
            problems(
                table(
                    "seeds_per_sample: 2\nparameters: {sampler_cfg: {type: values, values: [1]}}",
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: seeds_per_sample needs a parameter of type: random_seed, found '2': add the"
                + " sampler's seed with type: random_seed, or leave seeds_per_sample out");
  }

  @Test
  void several_seeds_cannot_be_fixed() {
    assertThat(
            problems(
                table(
                    "seeds_per_sample: 2\n"
                        + "seed_mode: fixed\n"
                        + "parameters: {seed: {type: random_seed}}",
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: with seed_mode: fixed all seeds of a sample are the same, found '2': write"
                + " seed_mode: random or increment, or leave seeds_per_sample out");
  }

  @Test
  void a_grid_has_every_combination_and_a_number_of_its_own() {
    List<Run> runs =
        runs(
            """
            strategy: grid
            num_samples: 3
            parameters:
              sampler_steps: {type: linear, min: 10, max: 30, count: 3}
              sampler_name: {type: values, values: [euler, heun]}
            """);
    List<String> points = new ArrayList<>();
    runs.forEach(run -> points.add(run.values().values().toString()));
    assertThat(points)
        .containsExactly(
            "[10, \"euler\"]",
            "[10, \"heun\"]",
            "[20, \"euler\"]",
            "[20, \"heun\"]",
            "[30, \"euler\"]",
            "[30, \"heun\"]");
  }

  @Test
  void a_grid_of_more_than_a_million_points_is_refused() {
    assertThat(
            problems(
                table(
                    """
                    strategy: grid
                    parameters:
                      sampler_steps: {type: linear, min: 1, max: 1001, step: 1}
                      latent_width: {type: linear, min: 16, max: 1015, step: 1}
                    """,
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: a grid may have at most 1000000 points, found '1001000': take fewer levels, or"
                + " strategy: sobol with num_samples");
  }

  @Test
  void constraints_speak_of_names_paths_linked_ones_and_of_what_stays() {
    List<Run> runs =
        table(
                """
                strategy: grid
                parameters:
                  nodes.57.inputs.end_at_step:
                    {type: linear, min: 2, max: 30, step: 2, linked: [nodes.58.inputs.start_at_step]}
                  sampler_high_cfg: {type: values, values: [1, 2, 3]}
                constraints:
                  - nodes.58.inputs.start_at_step < sampler_high_steps
                  - nodes.57.inputs.end_at_step > 14
                  - sampler_high_cfg != 2
                """,
                Sweeps.parameters(VIDEO))
            .orThrow();
    assertThat(values(runs, runs.getFirst().values().keySet().iterator().next()))
        .containsExactly("16", "16", "18", "18");
    assertThat(values(runs, "sampler_high_cfg")).containsExactly("1", "3", "1", "3");
  }

  @Test
  void a_constraint_of_something_unknown_is_told_at_its_line() {
    assertThat(
            problems(
                table(
                    """
                    parameters: {sampler_steps: {type: values, values: [1, 2]}}
                    constraints:
                      - sampler_steps < 5
                      - sampler_stps < 5
                    """,
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml:5: the constraint 'sampler_stps < 5' speaks of an unknown parameter, found"
                + " 'sampler_stps': did you mean 'sampler_steps'?");
  }

  @Test
  void constraints_that_nothing_satisfies_are_told() {
    assertThat(
            problems(
                table(
                    """
                    parameters: {positive_text: {type: prompt, values: [a, b]}}
                    constraints: sampler_steps > 20
                    """,
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml:3: 0 of 2 points satisfy all constraints; most break this one, found"
                + " 'sampler_steps > 20': widen the ranges or relax it");
  }

  @Test
  void names_may_speak_of_every_parameter_and_of_every_number() {
    assertThat(
            runs(
                """
                run_name: "{sample}-{seed_index} {sampler_name} cfg{sampler_cfg} of {sampler_steps}"
                strategy: linear
                num_samples: 2
                seeds_per_sample: 2
                parameters:
                  sampler_cfg: {type: continuous, min: 3, max: 4.5}
                  seed: {type: random_seed}
                """))
        .map(Run::name)
        .containsExactly(
            "001-1_euler_cfg3.0_of_20",
            "001-2_euler_cfg3.0_of_20",
            "002-1_euler_cfg4.5_of_20",
            "002-2_euler_cfg4.5_of_20");
  }

  @Test
  void a_field_that_no_run_has_is_refused() {
    assertThat(
            problems(
                table("run_name: \"{index}_{smpler_cfg}_{shot}\"", Sweeps.parameters(PICTURE))))
        .first()
        .isEqualTo(
            "s.yaml: run_name has an unknown field, found '{smpler_cfg}': did you mean"
                + " 'sampler_cfg'?");
  }

  @Test
  void names_that_are_the_same_are_refused() {
    assertThat(
            problems(
                table(
                    """
                    run_name: "{sampler_name}"
                    num_samples: 3
                    parameters: {sampler_name: {type: values, values: [euler, heun]}}
                    """,
                    Sweeps.parameters(PICTURE))))
        .containsExactly(
            "s.yaml: run_name gives runs 2 and 3 the same name, found 'heun': add {index}, as in"
                + " \"{index}_{sampler_name}\"");
  }

  /** A number that the workflow writes as text has its seeds all the same. */
  @Test
  void a_seed_that_is_written_as_text_is_one() {
    Parameters parameters =
        Parameters.of(
            Workflow.read(
                    "w.json",
                    """
                    {"1": {"class_type": "KSampler", "inputs": {"seed": "7"}}}
                    """)
                .orThrow(),
            Optional.empty());
    assertThat(
            values(
                table(
                        "seed_mode: increment\nseeds_per_sample: 2\n"
                            + "parameters: {seed: {type: random_seed}}",
                        parameters)
                    .orThrow(),
                "seed"))
        .containsExactly("7", "8");
  }
}
