package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static dev.promptrunner.explore.sweep.Sweeps.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Relocation;
import dev.promptrunner.explore.sample.Scale;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sample.Seeds;
import dev.promptrunner.explore.sample.Strategy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class SweepReaderTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @TempDir Path folder;

  @Test
  void everything_that_is_not_said_has_its_usual_value() {
    SweepFile sweep = read("workflow: w.json").orThrow();

    assertThat(sweep.name()).isEqualTo("s");
    assertThat(sweep.workflow()).isEqualTo(Path.of("w.json"));
    assertThat(sweep.strategy()).isEqualTo(Strategy.SOBOL);
    assertThat(sweep.samples()).isEqualTo(8);
    assertThat(sweep.seedsPerSample()).isEqualTo(1);
    assertThat(sweep.seedMode()).isEqualTo(SeedMode.RANDOM);
    assertThat(sweep.samplerSeed()).isEqualTo(1);
    assertThat(sweep.scramble()).isFalse();
    assertThat(sweep.runName()).isEqualTo("{index}");
    assertThat(sweep.targets()).isEmpty();
    assertThat(sweep.parameters()).isEmpty();
    assertThat(sweep.constraints()).isEmpty();
    assertThat(sweep.shots()).isEmpty();
    assertThat(sweep.nodes()).isEmpty();
  }

  @Test
  void everything_of_the_format_is_read() {
    SweepFile sweep =
        read("""
        workflow: wan-t2v.json
        name: my sweep
        strategy: lhs
        num_samples: 12
        seeds_per_sample: 3
        seed_mode: increment
        sampler_seed: 7
        scramble: true
        run_name: "{index}_{sampler_cfg}"
        targets: ["9", 10]
        parameters:
          sampler_cfg: {type: continuous, min: 0.5, max: 9, scale: log}
          sampler_steps: {type: linear, min: 10, max: 30, step: 5}
          nodes.3.inputs.denoise: {type: linear, min: 0, max: 1, count: 3}
          sampler_scheduler: {type: values, values: [euler, 2, true]}
          seed: {type: random_seed, linked: [low_seed, nodes.4.inputs.seed]}
          other_seed: {type: random_seed, min: 1, max: 18446744073709551615}
          positive_text: {type: prompt, values: ["a red fox", "a blue fox"]}
        constraints:
          - high_steps < steps
        shots:
          folder: takes
          prompt: positive_text
          first_frame: first_image
        nodes: {"3": {class: KSampler, title: HIGH}, "309:298": {class: VAEDecode}}
        """)
            .orThrow();

    assertThat(sweep.name()).isEqualTo("my_sweep");
    assertThat(sweep.strategy()).isEqualTo(Strategy.LHS);
    assertThat(sweep.samples()).isEqualTo(12);
    assertThat(sweep.seedsPerSample()).isEqualTo(3);
    assertThat(sweep.seedMode()).isEqualTo(SeedMode.INCREMENT);
    assertThat(sweep.samplerSeed()).isEqualTo(7);
    assertThat(sweep.scramble()).isTrue();
    assertThat(sweep.runName()).isEqualTo("{index}_{sampler_cfg}");
    assertThat(sweep.targets()).containsExactly("9", "10");
    assertThat(sweep.parameters())
        .containsExactly(
            entry(12, "sampler_cfg", new Variation.Continuous(of("0.5"), of("9"), Scale.LOG)),
            entry(13, "sampler_steps", linear("10", "30", Optional.of(of("5")), Optional.empty())),
            entry(14, "nodes.3.inputs.denoise", linear("0", "1", Optional.empty(), Optional.of(3))),
            entry(
                15,
                "sampler_scheduler",
                new Variation.Values(
                    List.<JsonNode>of(
                        NODES.stringNode("euler"), NODES.numberNode(2), NODES.booleanNode(true)))),
            entry(
                16,
                "seed",
                new Variation.RandomSeed(BigInteger.ZERO, Seeds.GREATEST),
                "low_seed",
                "nodes.4.inputs.seed"),
            entry(17, "other_seed", new Variation.RandomSeed(BigInteger.ONE, Seeds.GREATEST)),
            entry(
                18,
                "positive_text",
                new Variation.Prompts(
                    List.<JsonNode>of(
                        NODES.stringNode("a red fox"), NODES.stringNode("a blue fox")))));
    assertThat(sweep.constraints()).map(Object::toString).containsExactly("high_steps < steps");
    SweepFile.ShotMapping shots = sweep.shots().orElseThrow();
    assertThat(shots.folder()).isEqualTo(Path.of("takes").toAbsolutePath());
    assertThat(shots.prompt()).contains("positive_text");
    assertThat(shots.negative()).isEmpty();
    assertThat(shots.firstFrame()).contains("first_image");
    assertThat(shots.lastFrame()).isEmpty();
    assertThat(sweep.nodes())
        .isEqualTo(
            Map.of(
                "3", new Relocation.Seen("KSampler", "HIGH"),
                "309:298", new Relocation.Seen("VAEDecode", "VAEDecode")));
  }

  @Test
  void every_mistake_is_told_at_its_line_with_value_and_remedy_in_one_report() {
    assertThat(
            problems(
                read(
                    """
                    strategy: sobel
                    num_samples: 0
                    seeds_per_sample: many
                    seed_mode: rando
                    sampler_seed: -1
                    scramble: perhaps
                    paramters: {}
                    parameters:
                      a: {type: continous, min: 1, max: 2}
                      b: {type: continuous, max: 2, scale: cubic}
                      c: {type: linear, min: 1, max: 2, step: 0.5, count: 3}
                      d: {type: linear, min: 1, max: 2}
                      e: {type: values}
                      f: {type: random_seed, min: -1, max: 18446744073709551616}
                      g: {type: random_seed, min: 2, max: 1}
                      h: {min: 1}
                      i: 3
                      j: {type: values, values: [1], mni: 2}
                      k: {type: linear, min: low, max: .inf, step: big}
                      l: {type: linear, min: 1, max: 2, count: 0}
                    constraints: ["high_steps << steps", "a <"]
                    shots: {promt: positive_text}
                    nodes: {"3": {title: KSampler}}
                    """)))
        .containsExactly(
            "s.yaml:1: workflow is missing: add workflow: …",
            "s.yaml:1: unknown strategy, found 'sobel': did you mean 'sobol'?",
            "s.yaml:2: num_samples must be a whole number from 1 to 1000000, found '0': correct it"
                + " in the sweep file",
            "s.yaml:3: seeds_per_sample must be a whole number from 1 to 10000, found 'many':"
                + " correct it in the sweep file",
            "s.yaml:4: unknown seed_mode, found 'rando': did you mean 'random'?",
            "s.yaml:5: sampler_seed must be a whole number from 0 to 2147483647, found '-1':"
                + " correct it in the sweep file",
            "s.yaml:6: scramble must be true or false, found 'perhaps': correct it in the sweep"
                + " file",
            "s.yaml:17: here must stand keys and values, found '3': write key: value lines",
            "s.yaml:9: type of 'a' is unknown (did you mean 'continuous'?), found 'continous':"
                + " correct it in the sweep file",
            "s.yaml:10: 'b' has no min: add min: and a number",
            "s.yaml:10: scale must be linear or log, found 'cubic': correct it in the sweep file",
            "s.yaml:11: 'c' needs either a step or a count, found 'both': write step: 0.5, or"
                + " count: 5",
            "s.yaml:12: 'd' needs either a step or a count, found 'neither': write step: 0.5, or"
                + " count: 5",
            "s.yaml:13: 'e' has no values: add values: [first, second]",
            "s.yaml:14: min must be a whole number from 0 to 18446744073709551615, found '-1':"
                + " correct it in the sweep file",
            "s.yaml:14: max must be a whole number from 0 to 18446744073709551615, found"
                + " '18446744073709551616': correct it in the sweep file",
            "s.yaml:15: the minimum of 'g' is above its maximum, found '2 > 1': swap them",
            "s.yaml:16: type is missing: add type: …",
            "s.yaml:18: unknown key, found 'mni': known keys: linked, type, values",
            "s.yaml:19: min must be a number, found 'low': correct it in the sweep file",
            "s.yaml:19: max must be a number, found 'Infinity': correct it in the sweep file",
            "s.yaml:19: step must be a number, found 'big': correct it in the sweep file",
            "s.yaml:20: count must be a whole number from 1 to 2147483647, found '0': correct it in"
                + " the sweep file",
            "s.yaml:21: the constraint 'high_steps << steps' is not complete: write two values and"
                + " < <= > >= == or !=, as in high_steps < steps",
            "s.yaml:21: the constraint 'a <' is not complete: write two values and < <= > >="
                + " == or !=, as in high_steps < steps",
            "s.yaml:22: unknown key, found 'promt': did you mean 'prompt'?",
            "s.yaml:23: class is missing: add class: …",
            "s.yaml:7: unknown key, found 'paramters': did you mean 'parameters'?");
  }

  @ParameterizedTest
  @CsvSource({
    "'workflow: w.json\nstrategy: best', 'write one of sobol, lhs, grid, random, linear'",
    "'workflow: w.json\nseed_mode: once', 'write one of random, increment, fixed'",
  })
  void what_is_near_nothing_is_told_with_all_that_there_is(String text, String remedy) {
    assertThat(read(text).problems()).map(problem -> problem.remedy()).containsExactly(remedy);
  }

  @Test
  void an_unknown_type_that_is_near_nothing_is_told_with_all_types() {
    assertThat(problems(read("workflow: w\nparameters:\n  cfg: {type: x, min: 1, linked: [a]}")))
        .containsExactly(
            "s.yaml:3: type of 'cfg' is unknown (write one of continuous, linear, values,"
                + " random_seed, prompt), found 'x': correct it in the sweep file");
  }

  @Test
  void the_same_key_twice_is_refused() {
    assertThat(
            problems(read("workflow: w\nparameters:\n  a: {type: prompt}\n  a: {type: values}\n")))
        .singleElement()
        .asString()
        .startsWith("s.yaml:4:")
        .contains("the sweep file is not valid YAML")
        .contains("Duplicate");
  }

  @ParameterizedTest
  @CsvSource({
    "targets: [[9]]",
    "targets: [{a: b}]",
    "targets: [null]",
    "targets: {a: [b]}",
  })
  void a_target_that_is_no_id_is_refused(String line) {
    assertThat(problems(read("workflow: w\n" + line)))
        .singleElement()
        .asString()
        .startsWith("s.yaml:2: targets must be ids of nodes, found ");
  }

  @Test
  void a_link_that_is_no_name_is_refused() {
    assertThat(
            problems(
                read(
                    """
                    workflow: w
                    parameters:
                      cfg:
                        type: prompt
                        values: [a]
                        linked: [[b]]
                    """)))
        .containsExactly(
            "s.yaml:6: linked must be names or paths of parameters, found '[\"b\"]': correct it in"
                + " the sweep file");
  }

  @Test
  void single_values_may_stand_without_brackets() {
    SweepFile sweep =
        read("""
        workflow: w
        targets: 9
        constraints: a < b
        parameters:
          cfg: {type: values, values: 3, linked: other}
        """)
            .orThrow();
    assertThat(sweep.targets()).containsExactly("9");
    assertThat(sweep.constraints()).hasSize(1);
    assertThat(sweep.parameters().getFirst().linked()).containsExactly("other");
  }

  @Test
  void a_workflow_that_is_no_path_is_refused() {
    assertThat(problems(read("workflow: \"a\\0b\"\nshots: {folder: \"a\\0b\"}")))
        .containsExactly(
            "s.yaml:1: workflow must be a path, found 'a\0b': correct it in the sweep file",
            "s.yaml:2: folder must be a path, found 'a\0b': correct it in the sweep file");
  }

  @Test
  void an_empty_file_is_told_with_what_makes_one() throws Exception {
    for (String text : List.of("", "\n\n", "# only a comment\n", "\uFEFF")) {
      assertThat(problems(read(text)))
          .containsExactly(
              "s.yaml: the sweep file is empty: make one with: prompt-runner analyze WORKFLOW"
                  + " --out s.yaml");
    }
  }

  @Test
  void what_is_no_mapping_is_refused() {
    assertThat(problems(read("- a\n- b\n")))
        .containsExactly(
            "s.yaml:1: here must stand keys and values, found '[\"a\",\"b\"]': write key: value"
                + " lines");
    assertThat(problems(read("just words")))
        .containsExactly(
            "s.yaml:1: here must stand keys and values, found '\"just words\"': write key: value"
                + " lines");
  }

  @Test
  void what_is_no_yaml_is_told_at_its_line() {
    assertThat(problems(read("workflow: w\nparameters: {a: [1\nstrategy: grid\n")))
        .singleElement()
        .asString()
        .startsWith("s.yaml:3:9: the sweep file is not valid YAML, found '")
        .endsWith("': correct the line; indentation is part of YAML");
  }

  @Test
  void a_missing_file_is_told_with_what_makes_one() {
    Path file = folder.resolve("none.yaml");
    assertThat(problems(SweepFile.read(file)))
        .containsExactly(
            file
                + ": the sweep file is not there: check the path, or make one with: prompt-runner"
                + " analyze WORKFLOW --out");
  }

  @Test
  void a_huge_file_is_refused_before_it_is_read() throws Exception {
    Path file = folder.resolve("huge.yaml");
    Files.writeString(file, "# " + "x".repeat(16 << 20));
    assertThat(problems(SweepFile.read(file)))
        .singleElement()
        .asString()
        .startsWith(file + ": the sweep file is too large, found '");
  }

  @Test
  void a_workflow_lies_beside_the_file_that_names_it() throws Exception {
    Path file = Files.writeString(folder.resolve("cfg.v2.yml"), "workflow: graphs/w.json\n");
    SweepFile sweep = SweepFile.read(file).orThrow();
    assertThat(sweep.workflow()).isEqualTo(folder.resolve("graphs/w.json"));
    assertThat(sweep.name()).isEqualTo("cfg.v2");
  }

  /** The end of a buffer of the YAML parser may divide a symbol of two characters. */
  @Test
  void prompts_may_hold_any_symbol_at_any_place() {
    for (int before = 1000; before < 1030; before++) {
      String prompt = "x".repeat(before) + "🦊🐺" + "é".repeat(3);
      SweepFile sweep =
          read("workflow: w\nparameters:\n  text: {type: prompt, values: [\"%s\"]}\n"
                  .formatted(prompt))
              .orThrow();
      assertThat(sweep.parameters().getFirst().variation())
          .isEqualTo(new Variation.Prompts(List.of(NODES.stringNode(prompt))));
    }
  }

  @Test
  void line_ends_and_a_byte_order_mark_of_windows_change_nothing() {
    String text =
        """
        workflow: w.json
        num_samples: 4
        parameters:
          cfg:
            type: continuous
            min: 1
            max: 2
        """;
    SweepFile unix = read(text).orThrow();
    assertThat(read("\uFEFF" + text.replace("\n", "\r\n")).orThrow()).isEqualTo(unix);
    assertThat(problems(read("\uFEFF" + (text + "x: 1\n").replace("\n", "\r\n"))))
        .singleElement()
        .asString()
        .startsWith("s.yaml:8: unknown key, found 'x'");
  }

  private static SweepFile.Entry entry(
      int line, String key, Variation variation, String... linked) {
    return new SweepFile.Entry(key, "s.yaml:" + line, variation, List.of(linked));
  }

  private static Variation linear(
      String min, String max, Optional<BigDecimal> step, Optional<Integer> count) {
    return new Variation.Linear(of(min), of(max), step, count);
  }

  private static BigDecimal of(String number) {
    return new BigDecimal(number);
  }
}
