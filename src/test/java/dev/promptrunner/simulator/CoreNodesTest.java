package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.Png;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** ComfyUI's own classes: text to image, image to image, and what lies between. */
@Timeout(120)
class CoreNodesTest {
  @TempDir Path root;
  private Simulator simulator;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(SimulatorSettings.under(root).withTimes(Duration.ZERO, Duration.ZERO));
    client = TestClient.of(simulator);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private Picture picture(ObjectNode graph) throws Exception {
    return Png.read(Graphs.file(root.resolve("output"), client.run(graph), "8"));
  }

  @Test
  void text_becomes_a_picture_of_the_size_asked_for() throws Exception {
    Picture picture = picture(Graphs.textToImage());
    assertThat(picture.size()).hasToString("128x96");
  }

  @ParameterizedTest
  @CsvSource({
    "6, seed, 2",
    "6, seed, 18446744073709551615",
    "6, steps, 20",
    "6, cfg, 7.1",
    "6, sampler_name, '\"heun\"'",
    "6, scheduler, '\"karras\"'",
    "6, denoise, 0.6",
    "3, text, '\"a blue valley\"'",
    "4, text, '\"low quality\"'",
    "1, ckpt_name, '\"v1-5-pruned-emaonly.safetensors\"'",
    "2, strength_model, 0.81",
    "2, strength_clip, 0.81",
    "2, lora_name, '\"sharpness.safetensors\"'",
  })
  void each_parameter_changes_the_pixels(String node, String input, String value) throws Exception {
    Picture before = picture(Graphs.textToImage());
    ObjectNode changed = Graphs.textToImage();
    Graphs.inputs(changed, node).set(input, Json.read(value));
    assertThat(picture(changed)).isNotEqualTo(before);
  }

  @Test
  void every_picture_of_a_batch_is_another() throws Exception {
    ObjectNode graph = Graphs.textToImage();
    Graphs.inputs(graph, "5").put("batch_size", 3);
    JsonNode images = client.run(graph).path("outputs").path("8").path("images");
    assertThat(images).hasSize(3);
    Path output = root.resolve("output");
    Picture first = Png.read(output.resolve("still_00001_.png"));
    assertThat(Png.read(output.resolve("still_00002_.png"))).isNotEqualTo(first);
    Graphs.inputs(graph, "5").put("batch_size", 1);
    assertThat(picture(graph)).isEqualTo(first);
  }

  @Test
  void little_denoising_leaves_most_of_the_picture_it_began_with() throws Exception {
    double little = Graphs.difference(picture(fromImage(0.1)), source());
    double much = Graphs.difference(picture(fromImage(0.9)), source());
    assertThat(little).isLessThan(12);
    assertThat(much).isGreaterThan(3 * little);
    assertThat(picture(fromImage(0))).isEqualTo(source());
  }

  private Picture source() {
    return Graphs.plain(new FrameSize(64, 48), 0x40a060);
  }

  private ObjectNode fromImage(double denoise) throws Exception {
    Png.write(root.resolve("input/source.png"), source());
    ObjectNode graph = Graphs.textToImage();
    graph.set("9", Json.read("{\"class_type\": \"LoadImage\", \"inputs\": {}}"));
    Graphs.inputs(graph, "9").put("image", "source.png");
    graph.set(
        "10",
        Json.read(
            """
            {"class_type": "VAEEncode", "inputs": {"pixels": ["9", 0], "vae": ["1", 2]}}
            """));
    Graphs.inputs(graph, "6").put("denoise", denoise).putArray("latent_image").add("10").add(0);
    return graph;
  }

  @Test
  void a_second_sampler_sharpens_an_enlarged_latent() throws Exception {
    ObjectNode graph = Graphs.textToImage();
    graph.set(
        "9",
        Json.read(
            """
            {"class_type": "LatentUpscaleBy",
             "inputs": {"samples": ["6", 0], "upscale_method": "nearest-exact", "scale_by": 2.0}}
            """));
    graph.set("10", graph.path("6").deepCopy());
    Graphs.inputs(graph, "10").put("denoise", 0.5).putArray("latent_image").add("9").add(0);
    Graphs.inputs(graph, "7").putArray("samples").add("10").add(0);
    assertThat(picture(graph).size()).hasToString("256x192");
  }

  @ParameterizedTest
  @CsvSource({"32, 0, disabled, 32x24", "0, 96, disabled, 128x96", "40, 40, center, 40x40"})
  void an_image_is_scaled(int width, int height, String crop, String expected) throws Exception {
    ObjectNode graph = fromImage(0);
    graph.set("11", Json.read("{\"class_type\": \"ImageScale\", \"inputs\": {}}"));
    ObjectNode scale = Graphs.inputs(graph, "11").put("upscale_method", "lanczos");
    scale.put("width", width).put("height", height).put("crop", crop);
    scale.putArray("image").add("9").add(0);
    Graphs.inputs(graph, "8").putArray("images").add("11").add(0);
    assertThat(picture(graph).size()).hasToString(expected);
  }

  @Test
  void a_sampler_without_steps_hands_its_latent_on() throws Exception {
    ObjectNode graph = Graphs.small();
    Graphs.inputs(graph, "23").put("start_at_step", 6);
    client.run(graph);
    assertThat(client.heard())
        .filteredOn(message -> message.is("progress"))
        .noneMatch(message -> message.text().path("data").path("node").asString().equals("23"));
  }

  @Test
  void a_gpu_too_small_for_the_frames_runs_out_of_memory() throws Exception {
    SimulatorSettings small =
        SimulatorSettings.under(root.resolve("small"))
            .withFaults(Faults.parse("oom>9"), SimulatorSettings.Crash.SERVER);
    try (Simulator server = Simulator.start(small);
        TestClient there = TestClient.of(server)) {
      assertThat(ending(there.run(Graphs.small()))).isEqualTo("success");
      ObjectNode longer = Graphs.small();
      Graphs.inputs(longer, "5").put("length", 13);
      assertThat(ending(there.run(longer))).isEqualTo("error");
    }
  }

  private static String ending(JsonNode record) {
    return record.path("status").path("status_str").asString();
  }
}
