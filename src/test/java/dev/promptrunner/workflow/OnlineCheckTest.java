package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The shipped recipe against servers and workflows that differ in one thing from what fits. */
class OnlineCheckTest {
  private static final Path SHIPPED = Path.of("workflows");

  @TempDir Path dir;
  private ObjectNode info;

  @BeforeEach
  void copyShipped() throws IOException {
    info = Fixtures.objectInfoJson();
    try (Stream<Path> files = Files.list(SHIPPED)) {
      for (Path file : files.toList()) {
        Files.copy(file, dir.resolve(file.getFileName().toString()));
      }
    }
  }

  @Test
  void an_unknown_class_says_what_to_install() throws IOException {
    info.remove(List.of("WanVideoVACEEncode", "RIFE VFI"));
    info.set("WanVideoVACEEncoder", Trees.NODES.objectNode());
    assertThat(problems())
        .containsExactly(
            "prompt.json: node 144 (WanVideoVACEEncode) [high, low]: the server has no such node"
                + " class, found 'WanVideoVACEEncode': install the custom nodes that have it, or"
                + " did you mean 'WanVideoVACEEncoder'?",
            "combine.json: node 33 (RIFE VFI) [combine_first, combine_next]: the server has no such"
                + " node class, found 'RIFE VFI': install the custom nodes that have it");
  }

  @Test
  void a_missing_model_is_told_with_the_line_that_names_it() throws IOException {
    choices(
        "WanVideoModelLoader",
        "model",
        "Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf",
        "wan/Wan2.2_t2v_Low_Noise_14B_VACE-Q8_0.gguf");
    choices("WanVideoVAELoader", "model_name");
    int line = lineOf("Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf");
    assertThat(problems())
        .containsExactly(
            "prompt.json: node 5 (WanVideoVAELoader) [high, low]: input model_name names a file"
                + " that the server does not have, found 'wan_2.1_vae.safetensors': put the file"
                + " into the server's models folder or name another (prompt.json at node 5)",
            "prompt.json: node 4 (WanVideoModelLoader) [low]: input model names a file that the"
                + " server does not have, found 'Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf': put the"
                + " file into the server's models folder or name another (wan22-vace.yaml:"
                + line
                + "); the nearest it has is 'wan/Wan2.2_t2v_Low_Noise_14B_VACE-Q8_0.gguf'");
  }

  @Test
  void values_outside_lists_and_ranges_are_told() throws IOException {
    replace("prompt.json", "\"scheduler\": \"unipc\"", "\"scheduler\": \"unipk\"");
    replace("prompt.json", "\"mode\": \"default\"", "\"mode\": \"banana\"");
    replace("prompt.json", "\"riflex_freq_index\": 0", "\"riflex_freq_index\": 1.5");
    replace("prompt.json", "\"cfg\": 1.0", "\"cfg\": \"high\"");
    replace("combine.json", "\"crf\": 17", "\"crf\": -2");
    replace("combine.json", "\"multiplier\": 2", "\"multiplier\": 9223372036854775808");
    replace("combine.json", "\"scale_factor\": 1.0", "\"scale_factor\": 1");
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "prompt.json: node 54 (WanVideoSampler) [high, low]: input scheduler takes one of a"
                + " list, found 'unipk': write 'unipc' (prompt.json at node 54)",
            "prompt.json: node 1 (WanVideoTorchCompileSettings) [high, low]: input mode takes one"
                + " of a list, found 'banana': write one of default, max-autotune (prompt.json at"
                + " node 1)",
            "prompt.json: node 54 (WanVideoSampler) [high, low]: input riflex_freq_index takes a"
                + " whole number, found '1.5': write one (prompt.json at node 54)",
            "prompt.json: node 54 (WanVideoSampler) [high, low]: input cfg takes a number, found"
                + " 'high': write one (prompt.json at node 54)",
            "combine.json: node 14 (VHS_VideoCombine) [combine_first, combine_next]: input crf"
                + " takes no number under -1, found '-2': write a larger (combine.json at node 14)",
            "combine.json: node 33 (RIFE VFI) [combine_first, combine_next]: input multiplier takes"
                + " no number over 9223372036854775807, found '9223372036854775808': write a"
                + " smaller (combine.json at node 33)");
  }

  @Test
  void links_of_the_wrong_type_or_slot_are_told() throws IOException {
    replace("prompt.json", "\"images\": [\"343\", 1]", "\"images\": [\"54\", 0]");
    replace("prompt.json", "\"feta_args\": [\"268\", 0]", "\"feta_args\": [\"268\", 3]");
    replace("combine.json", "\"frames\": [\"32\", 0]", "\"frames\": 5");
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "prompt.json: node 344 (SaveImage) [low]: input images takes IMAGE, found 'LATENT from"
                + " node 54 (WanVideoSampler)': link it to an output of type IMAGE",
            "prompt.json: node 54 (WanVideoSampler) [high, low]: input feta_args reads from a slot"
                + " that node 268 (WanVideoEnhanceAVideo) does not have, found 'slot 3': its last"
                + " is 0",
            "combine.json: node 33 (RIFE VFI) [combine_first, combine_next]: input frames takes a"
                + " link of type IMAGE, found '5': connect it in the editor and export again");
  }

  @Test
  void a_required_input_that_is_missing_is_told_and_who_took_it_away() throws IOException {
    replace("wan22-vace.yaml", "- {remove: 54.samples}", "- {remove: 54.model}");
    replace("prompt.json", "\"precision\": \"bf16\",\n      \"load_device\"", "\"load_device\"");
    int line = lineOf("54.model");
    assertThat(problems())
        .containsExactly(
            "prompt.json: node 3 (LoadWanVideoT5TextEncoder) [high, low]: a required input is"
                + " missing, found 'precision (COMBO)': connect it in the editor and export again",
            "prompt.json: node 54 (WanVideoSampler) [high]: a required input is missing, found"
                + " 'model (WANVIDEOMODEL)': the recipe takes it away at wan22-vace.yaml:"
                + line
                + ": leave that out");
  }

  @Test
  void only_what_would_be_sent_counts() throws IOException {
    info.remove(List.of("PreviewImage", "GetLatentRangeFromBatch", "easy cleanGpuUsed"));
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_target_must_be_an_output_node() throws IOException {
    ((ObjectNode) info.path("SaveLatentWithPath")).put("output_node", false);
    int line = lineOf("targets: [365]");
    assertThat(problems())
        .containsExactly(
            "wan22-vace.yaml:"
                + line
                + " [high]: a server runs nothing for this target, it is no output node, found '365"
                + " (SaveLatentWithPath)': name the node that saves or previews what it makes");
  }

  @Test
  void an_input_that_an_edit_writes_must_be_known_to_the_server() throws IOException {
    ObjectNode inputs = (ObjectNode) info.at("/Seed Everywhere/input/required");
    inputs.set("seeds", inputs.remove("seed"));
    int line = lineOf("293.seed");
    assertThat(problems())
        .containsExactlyInAnyOrder(
            "prompt.json: node 293 (Seed Everywhere) [high, low]: a required input is missing,"
                + " found 'seeds (INT)': connect it in the editor and export again",
            "wan22-vace.yaml:"
                + line
                + " [high, low]: the server's Seed Everywhere has no such input, found 'seed': did"
                + " you mean 'seeds'?");
  }

  @Test
  void understands_newer_servers() throws IOException {
    ObjectNode scheduler = (ObjectNode) info.at("/WanVideoSampler/input/required");
    scheduler.set(
        "scheduler", Trees.JSON.readTree("[\"COMBO\", {\"options\": [\"unipc\", \"euler\"]}]"));
    ObjectNode batch = (ObjectNode) info.at("/ImageBatchMultiple+/input/required");
    batch.set("images", Trees.JSON.readTree("[\"COMFY_AUTOGROW_V3\", {}]"));
    batch.set("image_1", Trees.JSON.readTree("[\"IMAGE,MASK\", {}]"));
    choices("LoadWanVideoT5TextEncoder", "precision");
    ((ObjectNode) info.at("/LoadWanVideoT5TextEncoder/input/required"))
        .set("precision", Trees.JSON.readTree("[\"COMBO\", {\"options\": [], \"remote\": {}}]"));
    assertThat(problems()).isEmpty();

    scheduler.set("scheduler", Trees.JSON.readTree("[\"COMBO\", {\"options\": [\"euler\"]}]"));
    assertThat(problems())
        .containsExactly(
            "prompt.json: node 54 (WanVideoSampler) [high, low]: input scheduler takes one of a"
                + " list, found 'unipc': write one of euler (prompt.json at node 54)");
  }

  @Test
  void offline_problems_come_first_and_alone() throws IOException {
    assertThat(RecipeCheck.offline(Recipe.read(dir.resolve("wan22-vace.yaml")).orThrow()))
        .isEmpty();
  }

  @Test
  void reads_what_a_class_wants() throws IOException {
    ObjectInfo read = Fixtures.objectInfo();
    NodeClass combine = read.nodeClass("VHS_VideoCombine").orElseThrow();
    assertThat(combine.isOutput()).isTrue();
    assertThat(combine.outputs()).containsExactly("VHS_FILENAMES");
    InputSpec rate = combine.input("frame_rate").orElseThrow();
    assertThat(rate.need()).isEqualTo(InputSpec.Need.REQUIRED);
    assertThat(rate.type()).isEqualTo("FLOAT");
    assertThat(rate.min()).hasValueSatisfying(min -> assertThat(min).isEqualByComparingTo("1"));
    assertThat(rate.max()).isEmpty();
    assertThat(rate.initial()).hasValueSatisfying(v -> assertThat(v.intValue()).isEqualTo(8));
    InputSpec format = combine.input("format").orElseThrow();
    assertThat(format.type()).isEqualTo("COMBO");
    assertThat(format.choices().orElseThrow()).hasSize(2);
    assertThat(combine.input("pix_fmt").orElseThrow().need()).isEqualTo(InputSpec.Need.OPTIONAL);
    InputSpec cfg = read.nodeClass("KSampler").orElseThrow().input("cfg").orElseThrow();
    assertThat(cfg.step()).hasValueSatisfying(v -> assertThat(v).isEqualByComparingTo("0.1"));
    assertThat(read.nodeClass("SaveImage").orElseThrow().input("prompt").orElseThrow().need())
        .isEqualTo(InputSpec.Need.HIDDEN);
    assertThat(read.nodeClass("none")).isEmpty();
    assertThat(read.names()).hasSize(525);
  }

  @Test
  void an_answer_that_is_no_object_info_is_a_problem() {
    byte[] html = "<html>".getBytes(StandardCharsets.UTF_8);
    assertThat(ObjectInfo.parse("http://x/object_info", html).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "http://x/object_info:1:1: the server's object_info is not valid JSON, found"
                + " 'Unexpected character ('<' (code 60)): expected a valid value (JSON String,"
                + " Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or"
                + " 'false')': check that the address is a ComfyUI server's");
  }

  @Test
  void an_answer_without_classes_is_a_problem() {
    byte[] list = "[]".getBytes(StandardCharsets.UTF_8);
    assertThat(ObjectInfo.parse("http://x/object_info", list).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "http://x/object_info: the server's object_info is empty: check that the address is a"
                + " ComfyUI server's");
  }

  private List<String> problems() throws IOException {
    Recipe recipe = Recipe.read(dir.resolve("wan22-vace.yaml")).orThrow();
    return RecipeCheck.online(recipe, ObjectInfo.of(info)).stream()
        .map(problem -> problem.toString().replace(dir + "/", ""))
        .toList();
  }

  private void replace(String name, String old, String with) throws IOException {
    Path file = dir.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, with));
  }

  private int lineOf(String text) throws IOException {
    List<String> lines = Files.readAllLines(dir.resolve("wan22-vace.yaml"));
    return 1
        + lines.indexOf(lines.stream().filter(l -> l.contains(text)).findFirst().orElseThrow());
  }

  private void choices(String nodeClass, String input, String... names) {
    Consumer<ArrayNode> replaced =
        list -> {
          list.removeAll();
          Stream.of(names).forEach(list::add);
        };
    replaced.accept(
        (ArrayNode) info.path(nodeClass).path("input").path("required").path(input).path(0));
  }
}
