package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.Workflow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class SweepTextTest {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final Set<String> KEYS = Set.of("type", "min", "max", "step", "values", "linked");

  private static String text(String example) {
    return SweepText.of(ExampleWorkflows.parameters(example), example + ".json");
  }

  private static JsonNode read(String yaml) {
    return YAML.readTree(yaml);
  }

  /** As an editor does it: the first {@code "# "} of a line that begins with it goes. */
  private static String uncommented(String text) {
    return text.lines()
        .map(line -> line.replaceFirst("^( *)# ", "$1"))
        .collect(Collectors.joining("\n"));
  }

  private static List<String> on(String example) {
    return List.copyOf(read(text(example)).path("parameters").propertyNames());
  }

  @Test
  void the_sensible_few_are_on() {
    assertThat(on("sd15-text-to-image")).containsExactly("seed", "sampler_steps", "sampler_cfg");
    assertThat(on("flux-dev")).containsExactly("sampler_steps", "seed", "guidance");
    assertThat(on("image-to-image")).containsExactly("seed", "sampler_cfg", "sampler_denoise");
    assertThat(on("wan22-t2v-two-experts"))
        .containsExactly("high_seed", "sampler_high_cfg", "lora_high_strength");
    assertThat(on("wan-vace-wrapper")).containsExactly("lora_strength", "seed", "vace_strength");
  }

  @Test
  void what_changes_together_is_linked() {
    JsonNode parameters = read(text("wan22-t2v-two-experts")).path("parameters");
    assertThat(parameters.at("/sampler_high_cfg/linked").toString())
        .isEqualTo("[\"sampler_low_cfg\"]");
    assertThat(parameters.at("/high_seed/type").asString()).isEqualTo("random_seed");
  }

  @Test
  void each_parameter_tells_what_it_is_and_what_it_takes() {
    assertThat(text("sd15-text-to-image"))
        .contains(
            """
              sampler_cfg:  # now 8; from 0 to 100; node 3 KSampler
                type: continuous
                min: 4
                max: 12
            """)
        .contains(
            """
              # checkpoint_name:  # now "v1-5-pruned-emaonly-fp16.safetensors"; choice; node 4 \
            CheckpointLoaderSimple "Load Checkpoint"
              #   type: values
              #   values: ["v1-5-pruned-emaonly-fp16.safetensors"]
            """)
        .contains(
            """
              # positive_text:  # now "beautiful scenery nature glass bottle landscape, purple gal…; \
            text; node 6 CLIPTextEncode "CLIP Text Encode (Prompt)"
              #   type: prompt
            """);
    assertThat(text("speech-unknown-nodes"))
        .contains("from 0 to 18446744073709551615; seed is a guess;");
    assertThat(text("wan22-t2v-two-experts"))
        .contains("; linked to high_seed, take it out there first\n");
  }

  @Test
  void it_begins_with_how_it_is_run_and_sampled() {
    assertThat(text("sd15-text-to-image"))
        .startsWith(
            """
            ## Run it with: prompt-runner sweep FILE (add --dry-run to see what it would render).
            ## Take away '# ' in front of what you want to explore; what stands in no parameter
            ## stays as it is in the workflow.
            workflow: "sd15-text-to-image.json"
            strategy: sobol             # sobol | lhs | grid | random | linear
            num_samples: 8              # points of the explored space
            seeds_per_sample: 1         # each point is rendered with so many seeds
            seed_mode: random           # random | increment | fixed
            sampler_seed: 1             # the same file gives the same points
            # run_name: "{index}"       # may use the names below, such as {seed}
            parameters:
            """);
  }

  @Test
  void with_only_a_seed_to_change_one_point_is_looked_at_with_some_seeds() {
    JsonNode sweep = read(text("custom-pack-guesses"));
    assertThat(sweep.path("num_samples").intValue()).isEqualTo(1);
    assertThat(sweep.path("seeds_per_sample").intValue()).isEqualTo(4);
    assertThat(sweep.at("/parameters/seed/max").longValue()).isEqualTo(4294967295L);
  }

  @Test
  void with_nothing_to_change_the_workflow_is_rendered_once() {
    JsonNode sweep = read(text("upscale-with-model"));
    assertThat(sweep.path("num_samples").intValue()).isEqualTo(1);
    assertThat(sweep.path("seeds_per_sample").intValue()).isEqualTo(1);
    assertThat(sweep.at("/parameters/image/values").toString()).isEqualTo("[\"photo.jpg\"]");
    Workflow none = Workflow.read("w", "{\"1\":{\"class_type\":\"A\",\"inputs\":{}}}").orThrow();
    JsonNode empty = read(SweepText.of(Parameters.of(none, Optional.empty()), "w.json"));
    assertThat(empty.path("parameters").isObject()).isTrue();
  }

  @Test
  void steps_that_must_not_cross_are_constrained_as_soon_as_one_is_explored() {
    assertThat(read(text("sdxl-base-refiner")).path("constraints").toString())
        .isEqualTo("[\"sampler_base_end_at_step < sampler_base_steps\"]");
    assertThat(read(text("wan22-t2v-two-experts")).has("constraints")).isFalse();
    assertThat(text("wan22-first-last-frame")).contains("#   - \"high_steps < steps\"\n");
  }

  @Test
  void the_nodes_are_written_down_with_class_and_title() {
    JsonNode nodes = read(text("wan-lora-select-groups")).path("nodes");
    assertThat(nodes.path("309:298").toString())
        .isEqualTo("{\"class\":\"WanVideoLoraSelect\",\"title\":\"Speed LoRA\"}");
    assertThat(nodes).hasSize(16);
  }

  @Test
  void the_file_as_it_is_has_only_values_that_are_taken() {
    for (boolean asked : List.of(true, false)) {
      for (String example : ExampleWorkflows.names()) {
        Parameters all =
            Parameters.of(
                ExampleWorkflows.workflow(example),
                asked ? Optional.of(ExampleWorkflows.server()) : Optional.empty());
        JsonNode sweep = read(SweepText.of(all, "w.json"));
        assertThat(sweep.path("parameters").size()).as(example).isBetween(1, 4);
        check(all, sweep.path("parameters"));
      }
    }
  }

  @Test
  void every_commented_line_is_yaml_when_its_mark_is_taken_away() {
    for (String example : ExampleWorkflows.names()) {
      Parameters all = ExampleWorkflows.parameters(example);
      JsonNode sweep = read(uncommented(SweepText.of(all, "w.json")));
      assertThat(sweep.path("parameters").propertyNames())
          .as(example)
          .containsExactlyElementsOf(all.all().stream().map(Parameter::name).toList());
      check(all, sweep.path("parameters"));
    }
  }

  /** Each block alone, as a user takes them. */
  @Test
  void every_parameter_can_be_taken_by_itself() {
    for (String example : ExampleWorkflows.names()) {
      Parameters all = ExampleWorkflows.parameters(example);
      String text = SweepText.of(all, "w.json");
      for (Parameter parameter : all.all()) {
        String taken = take(text, parameter.name());
        assertThat(read(taken).path("parameters").has(parameter.name()))
            .as(parameter.path())
            .isTrue();
      }
    }
  }

  private static String take(String text, String name) {
    StringBuilder taken = new StringBuilder();
    boolean inside = false;
    for (String line : text.lines().toList()) {
      boolean begins = line.matches("  (# )?[^ #].*");
      inside = begins ? line.matches("  (# )?" + name + ":  #.*") : inside && line.startsWith("  ");
      taken.append(inside ? line.replaceFirst("^  # ", "  ") : line).append('\n');
    }
    return taken.toString();
  }

  private static void check(Parameters all, JsonNode parameters) {
    parameters
        .properties()
        .forEach(entry -> check(all, all.find(entry.getKey()).orElseThrow(), entry.getValue()));
  }

  private static void check(Parameters all, Parameter parameter, JsonNode block) {
    assertThat(KEYS).as(parameter.path()).containsAll(block.propertyNames());
    for (String limit : List.of("min", "max")) {
      if (block.has(limit)) {
        BigDecimal number = block.get(limit).decimalValue();
        assertThat(parameter.domain().contains(number)).as(parameter.path()).isTrue();
      }
    }
    for (JsonNode linked : block.path("linked")) {
      assertThat(all.find(linked.asString())).as(linked.asString()).isPresent();
    }
    if (block.path("type").asString().matches("values|prompt")) {
      assertThat(block.path("values").get(0)).as(parameter.path()).isEqualTo(same(parameter));
    }
  }

  /** A value survives the way through YAML, whatever it is. */
  private static JsonNode same(Parameter parameter) {
    return YAML.readTree(YamlText.value(parameter.value()));
  }

  @Test
  void values_and_titles_of_any_letters_survive() {
    String strange = "a: b # c\\n\\u0085\\u2028 \\\"q\\\" 'x' %d \\uD83D\\uDE80 - [ { & * ! | > é";
    String json =
        "{\"1\":{\"class_type\":\"A #: b\",\"inputs\":{\"text\":\""
            + strange
            + "\",\"seed\":18446744073709551615,\"n\":NaN,\"null\":null},\"_meta\":{\"title\":\""
            + strange
            + "\"}}}";
    Workflow workflow = Workflow.read("w.json", json).orThrow();
    Parameters all = Parameters.of(workflow, Optional.empty());
    String text = uncommented(SweepText.of(all, "dir/ä # b: c.json"));
    JsonNode sweep = read(text);
    assertThat(sweep.path("workflow").asString()).isEqualTo("dir/ä # b: c.json");
    assertThat(sweep.at("/parameters/a_b_text/values/0"))
        .isEqualTo(all.find("a_b_text").orElseThrow().value());
    assertThat(sweep.at("/nodes/1/title").asString())
        .isEqualTo(workflow.node("1").orElseThrow().title());
    assertThat(sweep.at("/parameters/seed/type").asString()).isEqualTo("random_seed");
    assertThat(read("x: " + YamlText.value(all.find("seed").orElseThrow().value())).toString())
        .isEqualTo("{\"x\":18446744073709551615}");
  }

  /** A YAML reader that we use fails on one that lies across the end of its buffer. */
  @Test
  void no_letter_needs_two_places() {
    for (String example : ExampleWorkflows.names()) {
      assertThat(text(example).chars().noneMatch(c -> Character.isSurrogate((char) c)))
          .as(example)
          .isTrue();
    }
  }
}
