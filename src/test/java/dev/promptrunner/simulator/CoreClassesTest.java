package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.node.Folders;
import dev.promptrunner.simulator.node.Nodes;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The simulator's core classes against what a real server says of its own. */
class CoreClassesTest {
  private static final List<String> CORE =
      List.of(
          "CheckpointLoaderSimple",
          "CLIPLoader",
          "CLIPSetLastLayer",
          "CLIPTextEncode",
          "ConditioningZeroOut",
          "CreateVideo",
          "EmptyHunyuanLatentVideo",
          "EmptyLatentImage",
          "EmptySD3LatentImage",
          "GetVideoComponents",
          "ImageScale",
          "ImageScaleBy",
          "KSampler",
          "KSamplerAdvanced",
          "LatentUpscale",
          "LatentUpscaleBy",
          "LoadImage",
          "LoraLoader",
          "LoraLoaderModelOnly",
          "ModelSamplingSD3",
          "PrimitiveFloat",
          "PrimitiveString",
          "PrimitiveStringMultiline",
          "SaveImage",
          "SaveVideo",
          "UNETLoader",
          "VAEDecode",
          "VAEDecodeTiled",
          "VAEEncode",
          "VAELoader",
          "WanFirstLastFrameToVideo",
          "WanImageToVideo");

  @TempDir Path root;

  private ObjectInfo ours() throws Exception {
    Folders folders = new Folders(root.resolve("in"), root.resolve("out"), root.resolve("temp"));
    return ObjectInfo.load(folders, Optional.empty());
  }

  /** Of a real server, whose lists of model files are its own. */
  private static JsonNode real() throws Exception {
    try (InputStream in =
        CoreClassesTest.class.getResourceAsStream("/comfyui-fixtures/object_info.json")) {
      return Json.read(Objects.requireNonNull(in).readAllBytes());
    }
  }

  @TestFactory
  Stream<DynamicTest> a_core_class_has_the_inputs_types_and_ranges_of_a_real_server()
      throws Exception {
    ObjectInfo ours = ours();
    JsonNode real = real();
    return CORE.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(plain(ours.only(name).path(name)))
                            .isEqualTo(plain(real.path(name)))));
  }

  /** Without the lists of files, which each server has of its own, and the words for people. */
  private static JsonNode plain(JsonNode described) {
    ObjectNode copy = ((ObjectNode) described).deepCopy().put("description", "");
    copy.path("input").path("required").forEachEntry(CoreClassesTest::withoutFiles);
    return copy;
  }

  private static void withoutFiles(String input, JsonNode pair) {
    boolean file = input.endsWith("_name") && !input.startsWith("sampler");
    if ((file || input.equals("image")) && pair.path(0).isArray()) {
      ((ArrayNode) pair).set(0, Json.array());
    }
  }

  @Test
  void whatever_is_described_can_run() throws Exception {
    assertThat(ours().all().propertyNames())
        .allSatisfy(name -> assertThat(Nodes.find(name)).as(name).isPresent());
  }

  /** Model files apart, which are the simulator's in its own lists. */
  @Test
  void the_examples_fit_a_real_server() throws Exception {
    for (Path workflow : List.of(Graphs.TEXT_TO_VIDEO, Graphs.FIRST_TO_LAST)) {
      Path info = Files.write(root.resolve("real.json"), Json.text(withFiles()).getBytes());
      Files.createDirectories(root.resolve("in"));
      Files.createFile(root.resolve("in").resolve(workflow.getFileName()));
      Folders folders = new Folders(root.resolve("in"), root.resolve("out"), root.resolve("temp"));
      PromptValidator validator =
          new PromptValidator(ObjectInfo.load(folders, Optional.of(info)), folders);
      ObjectNode graph = Graphs.read(workflow);
      graph.forEach(node -> useFile(node, workflow.getFileName().toString()));
      assertThat(validator.validate(graph, Optional.empty()).nodeErrors()).isEmpty();
    }
  }

  private static void useFile(JsonNode node, String file) {
    if (node.path("class_type").asString().equals("LoadImage")) {
      ((ObjectNode) node.path("inputs")).put("image", file);
    }
  }

  /** The real classes with the simulator's model files. */
  private ObjectNode withFiles() throws Exception {
    ObjectNode real = (ObjectNode) real();
    ObjectNode ours = ours().all();
    for (String name : CORE) {
      real.path(name)
          .path("input")
          .path("required")
          .forEachEntry(
              (input, pair) -> {
                JsonNode own = ours.path(name).path("input").path("required").path(input).path(0);
                if (input.endsWith("_name") && own.isArray()) {
                  ((ArrayNode) pair).set(0, own);
                }
              });
    }
    return real;
  }
}
