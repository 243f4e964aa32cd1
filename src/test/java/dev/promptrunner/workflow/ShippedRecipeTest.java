package dev.promptrunner.workflow;

import static dev.promptrunner.workflow.Variable.COMBINE_FRAME_RATE;
import static dev.promptrunner.workflow.Variable.CONTROL_VIDEO;
import static dev.promptrunner.workflow.Variable.FRAMES;
import static dev.promptrunner.workflow.Variable.FRAME_RATE;
import static dev.promptrunner.workflow.Variable.HEIGHT;
import static dev.promptrunner.workflow.Variable.LATENT_DIR;
import static dev.promptrunner.workflow.Variable.LATENT_NAME;
import static dev.promptrunner.workflow.Variable.NEGATIVE;
import static dev.promptrunner.workflow.Variable.OUTPUT_PREFIX;
import static dev.promptrunner.workflow.Variable.POSITIVE;
import static dev.promptrunner.workflow.Variable.PREVIOUS;
import static dev.promptrunner.workflow.Variable.REFERENCE;
import static dev.promptrunner.workflow.Variable.SEED;
import static dev.promptrunner.workflow.Variable.SEGMENT;
import static dev.promptrunner.workflow.Variable.START_FRAME;
import static dev.promptrunner.workflow.Variable.STEPS;
import static dev.promptrunner.workflow.Variable.TRIM_FRAMES;
import static dev.promptrunner.workflow.Variable.TRIM_SKIP;
import static dev.promptrunner.workflow.Variable.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.FrameRate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The recipe that is shipped, against the rules of its two workflows and a real server's classes.
 */
class ShippedRecipeTest {
  private static final BigInteger LARGEST_SEED = new BigInteger("18446744073709551615");
  private static final Recipe RECIPE = Recipe.read(Path.of("workflows/wan22-vace.yaml")).orThrow();
  private static final Variables RENDER =
      Variables.NONE
          .with(FRAMES, 101)
          .with(START_FRAME, 100)
          .with(WIDTH, 832)
          .with(HEIGHT, 480)
          .with(SEED, LARGEST_SEED)
          .with(POSITIVE, "a man\n\nwalks ${frames}")
          .with(NEGATIVE, "色调艳丽")
          .with(CONTROL_VIDEO, "walk_1234.mp4")
          .with(LATENT_DIR, "/out/latents/walk/walk_job_003")
          .with(LATENT_NAME, "walk_job_003")
          .with(REFERENCE, "/out/references/walk/walk_job_002_ref.png")
          .with(OUTPUT_PREFIX, "p/walk_job_003")
          .with(FRAME_RATE, 16);
  private static final Variables COMBINE =
      Variables.NONE
          .with(SEGMENT, "/out/videos/walk/walk_job_004.mp4")
          .with(PREVIOUS, "/out/combined/walk/walk_combined_001.mp4")
          .with(TRIM_SKIP, 10)
          .with(TRIM_FRAMES, 100)
          .with(OUTPUT_PREFIX, "p/walk_combined_002")
          .with(FRAME_RATE, 16)
          .with(COMBINE_FRAME_RATE, 32.0);

  @Test
  void fits_a_real_servers_classes_in_every_pass() throws IOException {
    ObjectInfo info = Fixtures.objectInfo();
    assertThat(RecipeCheck.online(RECIPE, info)).isEmpty();
  }

  @Test
  void states_the_numbers_of_the_model() {
    Numbers numbers = RECIPE.numbers();
    assertThat(numbers.rule()).isEqualTo(new FrameRule(4, 1));
    assertThat(numbers.frameRate()).isEqualTo(FrameRate.of(16));
    assertThat(numbers.combinedRate()).isEqualTo(FrameRate.of(32));
    assertThat(numbers.referenceOffset()).isEqualTo(10);
    assertThat(numbers.sizeMultiple()).isEqualTo(16);
    assertThat(numbers.nativeFrames()).isEqualTo(81);
    assertThat(numbers.driftAfter()).isEqualTo(6);
    assertThat(numbers.steps()).hasValue(8);
    assertThat(numbers.swap()).isEqualTo(Duration.ofSeconds(33));
    assertThat(numbers.combining().framesFactor()).isEqualTo(2);
    assertThat(numbers.combining().sizeFactor()).isEqualTo(2);
    assertThat(RECIPE.name()).isEqualTo("wan22-vace");
    assertThat(RECIPE.loads(Pass.HIGH)).isNotEqualTo(RECIPE.loads(Pass.LOW));
  }

  @Test
  void a_first_high_pass_has_the_high_expert_and_neither_latent_nor_reference() {
    PreparedWorkflow high = RECIPE.workflow(Pass.HIGH, false, RENDER);
    assertThat(high.targets()).containsExactly("365");
    assertThat(value(high, "309:298", "lora")).isEqualTo("wan2.2_high_t2v.safetensors");
    assertThat(value(high, "4", "model")).isEqualTo("Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf");
    assertThat(node(high, "54").inputs()).doesNotContainKey("samples");
    assertThat(node(high, "144").inputs()).doesNotContainKey("ref_images");
    assertThat(value(high, "365", "folder_path")).isEqualTo("/out/latents/walk/walk_job_003");
    assertThat(value(high, "365", "filename")).isEqualTo("walk_job_003");
    assertThat(ids(high)).doesNotContain("338", "340", "341", "344", "358", "359", "363");
    assertThat(high.outputs())
        .containsExactly(
            new ExpectedOutput.Written(
                ExpectedOutput.Kind.LATENT,
                "365",
                "/out/latents/walk/walk_job_003",
                List.of("walk_job_003.safetensors", "walk_job_003_*.latent")));
  }

  @Test
  void writes_the_values_of_a_job_with_their_types() {
    PreparedWorkflow high = RECIPE.workflow(Pass.HIGH, false, RENDER);
    JsonNode json = high.workflow().json();
    assertThat(json.at("/19/inputs/value").intValue()).isEqualTo(101);
    assertThat(json.at("/20/inputs/value").intValue()).isEqualTo(480);
    assertThat(json.at("/21/inputs/value").intValue()).isEqualTo(832);
    assertThat(json.at("/348/inputs/value").intValue()).isEqualTo(100);
    assertThat(json.at("/293/inputs/seed").bigIntegerValue()).isEqualTo(LARGEST_SEED);
    assertThat(high.workflow().text()).contains("\"seed\" : 18446744073709551615");
    assertThat(json.at("/53/inputs/positive_prompt").stringValue())
        .isEqualTo("a man\n\nwalks ${frames}");
    assertThat(json.at("/53/inputs/negative_prompt").stringValue()).isEqualTo("色调艳丽");
    assertThat(json.at("/149/inputs/video").stringValue()).isEqualTo("walk_1234.mp4");
  }

  @Test
  void leaves_the_workflows_own_steps_when_none_are_asked_for() {
    Workflow kept = RECIPE.workflow(Pass.HIGH, false, RENDER).workflow();
    Workflow set = RECIPE.workflow(Pass.HIGH, false, RENDER.with(STEPS, 20)).workflow();
    assertThat(kept.json().at("/288/inputs/value").intValue()).isEqualTo(8);
    assertThat(set.json().at("/288/inputs/value").intValue()).isEqualTo(20);
  }

  @Test
  void a_later_low_pass_has_the_low_expert_the_latent_and_the_reference() {
    PreparedWorkflow low = RECIPE.workflow(Pass.LOW, true, RENDER);
    assertThat(low.targets()).containsExactly("340", "344");
    assertThat(value(low, "309:298", "lora")).isEqualTo("wan2.2_low_t2v.safetensors");
    assertThat(value(low, "4", "model")).isEqualTo("Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf");
    assertThat(node(low, "54").input("samples")).contains(new Input.Link("338", 0));
    assertThat(node(low, "341").input("samples")).contains(new Input.Link("54", 1));
    assertThat(node(low, "144").input("ref_images")).contains(new Input.Link("358", 0));
    assertThat(value(low, "358", "image_path"))
        .isEqualTo("/out/references/walk/walk_job_002_ref.png");
    assertThat(value(low, "338", "folder_path")).isEqualTo("/out/latents/walk/walk_job_003");
    assertThat(value(low, "340", "filename_prefix")).isEqualTo("p/walk_job_003");
    assertThat(value(low, "344", "filename_prefix")).isEqualTo("p/walk_job_003_last");
    assertThat(ids(low)).doesNotContain("365", "364", "362", "363", "359");
    assertThat(low.outputs())
        .containsExactly(
            new ExpectedOutput.Reported(ExpectedOutput.Kind.VIDEO, "340"),
            new ExpectedOutput.Reported(ExpectedOutput.Kind.IMAGE, "344"));
  }

  @Test
  void the_first_combine_takes_only_its_segment() {
    PreparedWorkflow first = RECIPE.workflow(Pass.COMBINE_FIRST, false, COMBINE);
    assertThat(node(first, "14").input("images")).contains(new Input.Link("33", 0));
    assertThat(ids(first)).containsExactlyInAnyOrder("14", "25", "31", "32", "33", "35");
    JsonNode json = first.workflow().json();
    assertThat(json.at("/25/inputs/video").stringValue())
        .isEqualTo("/out/videos/walk/walk_job_004.mp4");
    assertThat(json.at("/25/inputs/skip_first_frames").intValue()).isEqualTo(10);
    assertThat(json.at("/25/inputs/frame_load_cap").intValue()).isEqualTo(100);
    assertThat(json.at("/14/inputs/frame_rate").intValue()).isEqualTo(32);
  }

  @Test
  void a_later_combine_puts_the_segment_behind_the_previous_video() {
    PreparedWorkflow next = RECIPE.workflow(Pass.COMBINE_NEXT, false, COMBINE);
    assertThat(next.targets()).containsExactly("14");
    assertThat(value(next, "40", "video")).isEqualTo("/out/combined/walk/walk_combined_001.mp4");
    assertThat(node(next, "30").input("image_1")).contains(new Input.Link("40", 0));
    assertThat(node(next, "30").input("image_2")).contains(new Input.Link("33", 0));
    assertThat(node(next, "14").input("images")).contains(new Input.Link("30", 0));
    assertThat(ids(next)).doesNotContain("34");
    assertThat(next.outputs())
        .containsExactly(new ExpectedOutput.Reported(ExpectedOutput.Kind.VIDEO, "14"));
  }

  @Test
  void says_which_variable_a_caller_forgot() {
    assertThatThrownBy(() -> RECIPE.workflow(Pass.COMBINE_NEXT, false, RENDER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("variable segment has no value");
  }

  @Test
  void preparing_a_job_leaves_the_recipe_as_it_was() {
    String before = RECIPE.pass(Pass.HIGH).workflow().text();
    RECIPE.workflow(Pass.HIGH, false, RENDER).workflow().json().removeAll();
    assertThat(RECIPE.pass(Pass.HIGH).workflow().text()).isEqualTo(before);
  }

  private static Node node(PreparedWorkflow prepared, String id) {
    return prepared.workflow().node(id).orElseThrow();
  }

  private static java.util.Set<String> ids(PreparedWorkflow prepared) {
    return prepared.workflow().nodes().keySet();
  }

  private static String value(PreparedWorkflow prepared, String id, String input) {
    return switch (node(prepared, id).input(input).orElseThrow()) {
      case Input.Literal(JsonNode value) -> value.asString();
      case Input.Link link -> link.toString();
    };
  }
}
