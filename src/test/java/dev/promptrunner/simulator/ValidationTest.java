package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.node.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The errors of a prompt in ComfyUI's words. */
class ValidationTest {
  @TempDir Path root;
  private PromptValidator validator;

  @BeforeEach
  void prepare() throws Exception {
    Folders folders = new Folders(root.resolve("in"), root.resolve("out"), root.resolve("temp"));
    Files.createDirectories(folders.input());
    validator = new PromptValidator(ObjectInfo.load(folders, Optional.empty()), folders);
  }

  private PromptValidator.Verdict verdict(String graph) {
    return validator.validate((ObjectNode) Json.read(graph), Optional.empty());
  }

  private static JsonNode first(PromptValidator.Verdict verdict, String node) {
    return verdict.nodeErrors().path(node).path("errors").path(0);
  }

  private static String image(String inputs) {
    return """
    {"1": {"class_type": "EmptyImage", "inputs": {%s}},
     "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}}}
    """
        .formatted(inputs);
  }

  private static final String GOOD = "\"width\": 8, \"height\": 8, \"batch_size\": 1, \"color\": 0";

  @Test
  void accepts_what_can_run_and_converts_literals() {
    ObjectNode graph =
        (ObjectNode) Json.read(image(GOOD.replace("\"width\": 8", "\"width\": \"8\"")));
    assertThat(validator.validate(graph, Optional.empty()).outputs()).containsExactly("2");
    assertThat(graph.path("1").path("inputs").path("width").isInt()).isTrue();
  }

  @Test
  void a_missing_input_is_named() {
    JsonNode error = first(verdict(image("\"width\": 8, \"height\": 8, \"color\": 0")), "1");
    assertThat(error.path("type").asString()).isEqualTo("required_input_missing");
    assertThat(error.path("message").asString()).isEqualTo("Required input is missing");
    assertThat(error.path("details").asString()).isEqualTo("batch_size");
  }

  @Test
  void a_number_out_of_range_is_quoted_with_its_bound() {
    PromptValidator.Verdict small = verdict(image(GOOD.replace("\"width\": 8", "\"width\": 0")));
    assertThat(first(small, "1").path("type").asString()).isEqualTo("value_smaller_than_min");
    assertThat(first(small, "1").path("message").asString())
        .isEqualTo("Value 0 smaller than min of 1");
    PromptValidator.Verdict big = verdict(image(GOOD.replace("\"width\": 8", "\"width\": 99999")));
    assertThat(first(big, "1").path("message").asString())
        .isEqualTo("Value 99999 bigger than max of 16384");
  }

  @Test
  void the_largest_seed_is_exact() {
    String graph =
        """
        {"1": {"class_type": "Seed Everywhere", "inputs": {"seed": %s}},
         "2": {"class_type": "easy cleanGpuUsed", "inputs": {"anything": ["1", 0]}}}
        """;
    assertThat(verdict(graph.formatted("18446744073709551615")).error()).isEmpty();
    assertThat(first(verdict(graph.formatted("18446744073709551616")), "1").path("type").asString())
        .isEqualTo("value_bigger_than_max");
  }

  @Test
  void what_is_no_number_cannot_be_converted() {
    JsonNode error =
        first(verdict(image(GOOD.replace("\"width\": 8", "\"width\": \"wide\""))), "1");
    assertThat(error.path("type").asString()).isEqualTo("invalid_input_type");
    assertThat(error.path("details").asString())
        .isEqualTo("width, wide, invalid literal for int() with base 10: 'wide'");
  }

  @Test
  void a_list_that_is_no_link_is_refused() {
    JsonNode error = first(verdict(image(GOOD.replace("\"width\": 8", "\"width\": [1]"))), "1");
    assertThat(error.path("type").asString()).isEqualTo("bad_linked_input");
  }

  @Test
  void a_link_of_another_type_is_refused() {
    String graph =
        """
        {"1": {"class_type": "INTConstant", "inputs": {"value": 1}},
         "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}}}
        """;
    JsonNode error = first(verdict(graph), "2");
    assertThat(error.path("type").asString()).isEqualTo("return_type_mismatch");
    assertThat(error.path("details").asString())
        .isEqualTo("images, received_type(INT) mismatch input_type(IMAGE)");
  }

  @Test
  void a_link_to_nowhere_is_an_exception_of_the_output() {
    String graph =
        """
        {"2": {"class_type": "SaveImage", "inputs": {"images": ["77", 0], "filename_prefix": "x"}}}
        """;
    JsonNode error = first(verdict(graph), "2");
    assertThat(error.path("type").asString()).isEqualTo("exception_during_validation");
    assertThat(error.path("details").asString()).isEqualTo("'77'");
    JsonNode slot = first(verdict(graph.replace("[\"77\", 0]", "[\"2\", 5]")), "2");
    assertThat(slot.path("extra_info").path("exception_type").asString()).isEqualTo("IndexError");
  }

  @Test
  void a_cycle_is_refused_without_a_reason_as_comfyui_does() {
    String graph =
        """
        {"1": {"class_type": "FastFilmGrain", "inputs": {"images": ["2", 0],
               "grain_intensity": 1, "saturation_mix": 1}},
         "2": {"class_type": "FastFilmGrain", "inputs": {"images": ["1", 0],
               "grain_intensity": 1, "saturation_mix": 1}},
         "3": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}
        """;
    PromptValidator.Verdict verdict = verdict(graph);
    assertThat(verdict.error().orElseThrow().path("details").asString()).isEmpty();
    assertThat(verdict.nodeErrors()).isEmpty();
  }

  @Test
  void good_outputs_run_although_others_are_bad() {
    String both =
        """
        {"1": {"class_type": "EmptyImage", "inputs": {%s}},
         "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}},
         "3": {"class_type": "PreviewImage", "inputs": {}}}
        """;
    PromptValidator.Verdict verdict = verdict(both.formatted(GOOD));
    assertThat(verdict.error()).isEmpty();
    assertThat(verdict.outputs()).containsExactly("2");
    assertThat(verdict.nodeErrors().path("3").path("dependent_outputs").path(0).asString())
        .isEqualTo("3");
  }

  @Test
  void only_the_outputs_that_are_wanted_are_checked() {
    ObjectNode graph = (ObjectNode) Json.read(image(GOOD));
    assertThat(validator.validate(graph, Optional.of(Set.of("2"))).outputs()).containsExactly("2");
    assertThat(
            validator
                .validate(graph, Optional.of(Set.of("1")))
                .error()
                .orElseThrow()
                .path("type")
                .asString())
        .isEqualTo("prompt_no_outputs");
  }

  @Test
  void an_uploaded_file_is_valid_in_a_subfolder_too() throws Exception {
    Files.createDirectories(root.resolve("in/job 1"));
    Files.createFile(root.resolve("in/job 1/a.png"));
    String graph =
        """
        {"1": {"class_type": "LoadImage", "inputs": {"image": "%s"}},
         "2": {"class_type": "PreviewImage", "inputs": {"images": ["1", 0]}}}
        """;
    assertThat(verdict(graph.formatted("job 1/a.png")).error()).isEmpty();
    for (String outside : new String[] {"nope.png", "../out/a.png", "a.png [output]"}) {
      JsonNode error = first(verdict(graph.formatted(outside)), "1");
      assertThat(error.path("type").asString()).isEqualTo("custom_validation_failed");
      assertThat(error.path("details").asString())
          .isEqualTo("image - Invalid image file: " + outside);
    }
  }
}
