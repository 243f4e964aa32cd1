package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static dev.promptrunner.explore.sweep.Sweeps.value;
import static dev.promptrunner.explore.sweep.Sweeps.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Reading;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ShotTableTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Parameters PARAMETERS = Sweeps.parameters("wan22-first-last-frame");
  private static final List<String> IMAGES = List.of("first_image", "last_image");
  private static final String CFG = "sampler_high_cfg";
  private static final String SEED = "seed";
  private static final String FILE =
      """
      num_samples: 3
      seeds_per_sample: 2
      parameters:
        %s: {type: continuous, min: 1, max: 5}
        %s: {type: random_seed}
      shots: {prompt: positive_text, negative: negative_text, first_frame: %s, last_frame: %s}
      """
          .formatted(CFG, SEED, IMAGES.get(0), IMAGES.get(1));

  @Test
  void every_shot_has_the_same_samples_under_the_same_names() {
    List<Run> runs = runs(FILE, shot("a"), shot("b")).orThrow();

    assertThat(runs)
        .map(Run::name)
        .containsExactly(
            "a/001", "a/002", "a/003", "a/004", "a/005", "a/006", "b/001", "b/002", "b/003",
            "b/004", "b/005", "b/006");
    assertThat(runs).map(Run::index).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(runs).map(Run::sample).containsExactly(1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3);
    assertThat(runs.subList(0, 6)).allMatch(run -> run.shot().equals("a"));
    assertThat(values(runs.subList(0, 6), CFG)).isEqualTo(values(runs.subList(6, 12), CFG));
    assertThat(values(runs.subList(0, 6), SEED)).isEqualTo(values(runs.subList(6, 12), SEED));
  }

  @Test
  void a_shot_brings_its_texts_its_images_and_its_settings() {
    Run run = runs(FILE, shot("a")).orThrow().getFirst();
    assertThat(value(run, "positive_text")).isEqualTo("prompt of a");
    assertThat(run.values()).doesNotContainKey("negative_text");
    assertThat(run.files())
        .isEqualTo(
            Map.of(
                IMAGES.get(0), Path.of("a/first_frame.png"),
                IMAGES.get(1), Path.of("a/last_frame.png")));
    Run set =
        runs(FILE, shot("a", "nodes.11.inputs.width", NODES.numberNode(640))).orThrow().getFirst();
    assertThat(set.values().values().toString()).contains("640");
  }

  @Test
  void a_name_may_speak_of_the_shot_and_of_what_it_sets() {
    assertThat(
            runs("run_name: \"{shot}_{positive_text}_{index}\"\n" + FILE, shot("a"), shot("b"))
                .orThrow())
        .map(Run::name)
        .contains("a/a_prompt_of_a_001", "b/b_prompt_of_b_006");
  }

  @Test
  void what_shot_and_sweep_both_set_is_told_once_for_each_shot() {
    assertThat(
            problems(
                runs(
                    FILE.replace("prompt: positive_text", "prompt: nowhere"),
                    shot("a", CFG, NODES.numberNode(3)),
                    shot("b", "sampler_cgf", NODES.numberNode(3)),
                    shot("c", CFG, NODES.stringNode("high")))))
        .containsExactly(
            "s.yaml:7: wan22-first-last-frame.json has no parameter of this name, found 'nowhere':"
                + " list the parameters with: prompt-runner analyze WORKFLOW",
            "a/settings.yaml: the shot 'a' sets what the sweep varies, found 'sampler_high_cfg':"
                + " let one of the two set it",
            "b/settings.yaml: wan22-first-last-frame.json has no parameter of this name, found"
                + " 'sampler_cgf': did you mean sampler_low_cfg?",
            "c/settings.yaml: 'sampler_high_cfg' (cfg of KSamplerAdvanced) takes numbers, found"
                + " 'high': write one",
            "c/settings.yaml: the shot 'c' sets what the sweep varies, found 'sampler_high_cfg':"
                + " let one of the two set it");
  }

  @Test
  void a_shot_that_sets_its_prompt_once_more_is_refused() {
    assertThat(problems(runs(FILE, shot("d", "positive_text", NODES.stringNode("rain")))))
        .containsExactly(
            "d/settings.yaml: the shot 'd' sets one parameter twice, found 'positive_text': name"
                + " it once, also where it is the shot's prompt");
  }

  @Test
  void shots_count_too_among_a_million_runs() {
    String file = FILE.replace("num_samples: 3", "num_samples: 250001");
    assertThat(problems(runs(file, shot("a"), shot("b"))))
        .containsExactly(
            "s.yaml: a sweep may have at most 1000000 runs, found '250001 samples with 2 seeds each"
                + " for 2 shots': set a smaller num_samples or seeds_per_sample, or take fewer"
                + " levels or shots");
  }

  /** With the workflow's own value of what the shot sets, all samples satisfy it. */
  @Test
  void a_shot_that_breaks_a_constraint_with_its_own_settings_is_refused() {
    String file =
        FILE
            + "constraints:\n"
            + "  - nodes.14.inputs.cfg <= sampler_low_cfg + 2\n"
            + "  - sampler_high_cfg < 6\n";
    String low = "nodes.15.inputs.cfg";
    assertThat(runs(file, shot("a"), shot("b", low, NODES.numberNode(9))).orThrow()).hasSize(12);
    assertThat(
            problems(
                runs(
                    file,
                    shot("a", low, NODES.numberNode(0.5)),
                    shot("b"),
                    shot("c", low, NODES.stringNode("low")))))
        .containsExactly(
            "a/settings.yaml: the shot 'a' breaks the constraint 'nodes.14.inputs.cfg <="
                + " sampler_low_cfg + 2', found 'sampler_high_cfg=3.0, sampler_low_cfg=0.5 in"
                + " sample 2': change what the shot sets, or the constraint at s.yaml:9",
            "c/settings.yaml: 'sampler_low_cfg' (cfg of KSamplerAdvanced) takes numbers, found"
                + " 'low': write one");
  }

  @Test
  void an_image_goes_to_what_loads_one() {
    assertThat(
            problems(
                runs(
                    FILE.replace("first_frame: " + IMAGES.get(0), "first_frame: " + SEED),
                    shot("a"))))
        .contains(
            "s.yaml:7: '%s' takes no file, found 'seed': name the image of a LoadImage node"
                .formatted(SEED));
  }

  @Test
  void a_mistake_of_the_sweep_comes_before_any_shot() {
    assertThat(problems(runs(FILE.replace("max: 5", "max: 0"), shot("a"))))
        .containsExactly(
            "s.yaml:5: the minimum of '%s' is above its maximum, found '1 > 0': swap them"
                .formatted(CFG));
  }

  private static Reading<List<Run>> runs(String text, Shot... shots) {
    return new ShotTable(Sweeps.file(text), PARAMETERS, List.of(shots)).runs();
  }

  private static Shot shot(String name) {
    return shot(name, "", null);
  }

  private static Shot shot(String name, String setting, JsonNode value) {
    Map<String, JsonNode> settings = new LinkedHashMap<>();
    if (value != null) {
      settings.put(setting, value);
    }
    return new Shot(
        name,
        Optional.of("prompt of " + name),
        Optional.empty(),
        Optional.of(Path.of(name, "first_frame.png")),
        Optional.of(Path.of(name, "last_frame.png")),
        settings,
        name + "/settings.yaml");
  }
}
