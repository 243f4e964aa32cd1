package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.Png;
import dev.promptrunner.media.VideoInfo;
import dev.promptrunner.media.VideoProbe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a newcomer sees of the workflows that are there to be explored. */
@Timeout(120)
class ExampleWorkflowsTest {
  private static final FrameSize SIZE = new FrameSize(320, 192);

  @TempDir Path root;
  private Simulator simulator;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    simulator =
        Simulator.start(
            SimulatorSettings.under(root).withTimes(Duration.ZERO, Duration.ofMillis(1)));
    client = TestClient.of(simulator);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private Path video(ObjectNode graph) throws Exception {
    return Graphs.file(root.resolve("output"), client.run(graph), "32");
  }

  private Picture last(ObjectNode graph) throws Exception {
    return Graphs.pictures(video(graph)).getLast();
  }

  private static List<String> cached(JsonNode record) {
    JsonNode nodes = record.path("status").path("messages").path(1).path(1).path("nodes");
    return nodes.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void text_becomes_a_video_of_the_length_size_and_rate_asked_for() throws Exception {
    Path video = video(Graphs.read(Graphs.TEXT_TO_VIDEO));
    VideoInfo info = VideoProbe.probe(video);
    assertThat(info.frames()).isEqualTo(33);
    assertThat(info.size()).isEqualTo(SIZE);
    assertThat(info.rate()).isEqualTo(FrameRate.of(16));
    assertThat(VideoProbe.metadata(video)).containsEntry("comment", "Prompt Runner simulator");
  }

  @Test
  void a_core_video_is_shown_among_the_images_and_called_animated() throws Exception {
    JsonNode shown = client.run(Graphs.small()).path("outputs").path("32");
    assertThat(shown)
        .isEqualTo(
            Json.read(
                """
                {"images": [{"filename": "wan22-t2v_00001_.mp4", "subfolder": "video",
                             "type": "output"}],
                 "animated": [true]}
                """));
  }

  @Test
  void the_picture_moves() throws Exception {
    List<Picture> pictures = Graphs.pictures(video(Graphs.read(Graphs.TEXT_TO_VIDEO)));
    assertThat(Graphs.difference(pictures.getFirst(), pictures.getLast())).isGreaterThan(3);
  }

  @Test
  void the_same_parameters_are_the_same_pixels() throws Exception {
    Picture once = last(Graphs.small());
    client.post("/free", "{\"free_memory\": true}");
    assertThat(last(Graphs.small())).isEqualTo(once);
    assertThat(root.resolve("output/video/wan22-t2v_00002_.mp4")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "13, noise_seed, 43",
    "13, noise_seed, 18446744073709551615",
    "13, cfg, 4.0",
    "23, cfg, 4.0",
    "13, sampler_name, '\"dpmpp_2m\"'",
    "23, sampler_name, '\"uni_pc\"'",
    "23, scheduler, '\"karras\"'",
    "13, end_at_step, 1",
    "2, text, '\"a green field\"'",
    "10, unet_name, '\"wan2.2_i2v_high_noise_14B_fp8_scaled.safetensors\"'",
    "11, strength_model, 0.5",
    "21, strength_model, 0.5",
    "12, shift, 9.0",
    "21, lora_name, '\"character.safetensors\"'",
  })
  void each_parameter_shows(String node, String input, String value) throws Exception {
    Picture before = last(Graphs.small());
    ObjectNode changed = Graphs.small();
    Graphs.inputs(changed, node).set(input, Json.read(value));
    assertThat(Graphs.difference(last(changed), before)).isGreaterThan(0.7);
  }

  @Test
  void more_steps_are_less_noise_and_more_detail() throws Exception {
    ObjectNode few = steps(Graphs.small(), 2);
    ObjectNode many = steps(Graphs.small(), 30);
    assertThat(Graphs.difference(last(few), last(many))).isGreaterThan(3);
  }

  private static ObjectNode steps(ObjectNode graph, int steps) {
    Graphs.inputs(graph, "13").put("steps", steps).put("end_at_step", steps / 2);
    Graphs.inputs(graph, "23").put("steps", steps).put("start_at_step", steps / 2);
    return graph;
  }

  @Test
  void an_identical_prompt_is_all_cached_and_repeats_the_old_name() throws Exception {
    ObjectNode graph = Graphs.small();
    Path first = video(graph);
    JsonNode again = client.run(graph);
    assertThat(cached(again)).containsExactlyInAnyOrderElementsOf(graph.propertyNames());
    assertThat(Graphs.file(root.resolve("output"), again, "32")).isEqualTo(first);
    assertThat(root.resolve("output/video").toFile().list()).hasSize(1);
  }

  @Test
  void another_prefix_saves_again_without_sampling() throws Exception {
    client.run(Graphs.small());
    client.forget();
    ObjectNode other = Graphs.small();
    Graphs.inputs(other, "32").put("filename_prefix", "sweep/run-7/out");
    JsonNode record = client.run(other);
    assertThat(cached(record)).hasSize(other.size() - 1).doesNotContain("32");
    assertThat(Graphs.file(root.resolve("output"), record, "32"))
        .isEqualTo(root.resolve("output/sweep/run-7/out_00001_.mp4"))
        .exists();
    assertThat(client.heard())
        .filteredOn(message -> message.is("progress"))
        .allMatch(message -> message.text().path("data").path("node").asString().equals("32"));
  }

  @Test
  void each_sampler_counts_its_own_steps_and_shows_previews() throws Exception {
    client.run(Graphs.small());
    assertThat(progress("13")).containsExactly("1/3", "2/3", "3/3");
    assertThat(progress("23")).containsExactly("1/3", "2/3", "3/3");
    assertThat(client.kinds()).filteredOn("binary 4"::equals).hasSizeGreaterThanOrEqualTo(6);
  }

  private List<String> progress(String node) {
    return client.heard().stream()
        .filter(message -> message.is("progress"))
        .map(message -> message.text().path("data"))
        .filter(data -> data.path("node").asString().equals(node))
        .map(data -> data.path("value").asInt() + "/" + data.path("max").asInt())
        .toList();
  }

  @Test
  void a_model_is_loaded_once_and_swapped_only_for_another() throws Exception {
    client.run(Graphs.small());
    assertThat(simulator.counters().swaps()).isEqualTo(2);
    ObjectNode seed = Graphs.small();
    Graphs.inputs(seed, "13").put("noise_seed", 7);
    client.run(seed);
    assertThat(simulator.counters().swaps()).isEqualTo(2);
    Graphs.inputs(seed, "20").put("unet_name", "wan2.2_i2v_low_noise_14B_fp8_scaled.safetensors");
    client.run(seed);
    assertThat(simulator.counters().swaps()).isEqualTo(3);
  }

  @Test
  void the_pictures_given_are_the_first_and_the_last_of_the_video() throws Exception {
    Picture first = Graphs.plain(SIZE, 0xc83c28);
    Picture last = Graphs.plain(new FrameSize(640, 384), 0x2850b4);
    Png.write(root.resolve("input/first_frame.png"), first);
    Png.write(root.resolve("input/last_frame.png"), last);
    List<Picture> pictures = Graphs.pictures(video(Graphs.read(Graphs.FIRST_TO_LAST)));
    assertThat(pictures).hasSize(33);
    // the mark alone differs, on a few hundredths of the picture
    assertThat(Graphs.difference(pictures.getFirst(), first)).isLessThan(4);
    assertThat(Graphs.difference(pictures.getLast(), last.scaledTo(SIZE))).isLessThan(4);
    assertThat(Graphs.difference(pictures.get(16), first)).isGreaterThan(15);
    assertThat(Graphs.difference(pictures.get(16), last.scaledTo(SIZE))).isGreaterThan(15);
  }

  @Test
  void parameters_show_between_the_pictures_given() throws Exception {
    Png.write(root.resolve("input/first_frame.png"), Graphs.plain(SIZE, 0x808080));
    Png.write(root.resolve("input/last_frame.png"), Graphs.plain(SIZE, 0x909090));
    Picture before = Graphs.pictures(video(Graphs.read(Graphs.FIRST_TO_LAST))).get(16);
    ObjectNode other = Graphs.read(Graphs.FIRST_TO_LAST);
    Graphs.inputs(other, "13").put("noise_seed", 1000);
    assertThat(Graphs.difference(Graphs.pictures(video(other)).get(16), before)).isGreaterThan(1);
  }

  @Test
  void a_picture_that_is_not_there_is_named_before_anything_runs() throws Exception {
    var answer = client.prompt(Graphs.read(Graphs.FIRST_TO_LAST), "p");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .contains("custom_validation_failed", "image - Invalid image file: first_frame.png");
  }

  @Test
  void a_model_that_is_not_there_is_rejected_as_not_in_the_list() throws Exception {
    ObjectNode graph = Graphs.small();
    Graphs.inputs(graph, "21").put("lora_name", "mine.safetensors");
    var answer = client.prompt(graph, "p");
    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = Json.read(answer.body()).path("node_errors").path("21").path("errors").path(0);
    assertThat(error.path("type").asString()).isEqualTo("value_not_in_list");
    assertThat(error.path("details").asString())
        .startsWith("lora_name: 'mine.safetensors' not in ");
  }

  @Test
  void many_servers_run_side_by_side() throws Exception {
    Path other = root.resolve("other");
    try (Simulator second = Simulator.start(SimulatorSettings.under(other));
        TestClient there = TestClient.of(second)) {
      assertThat(second.port()).isNotEqualTo(simulator.port());
      Picture mine = last(Graphs.small());
      Path video = Graphs.file(other.resolve("output"), there.run(Graphs.small()), "32");
      assertThat(Graphs.pictures(video).getLast()).isEqualTo(mine);
    }
  }
}
