package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.TestPattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends the recorded jobs again: each event has the recorded place, kind and shape. */
class RecordedJobsTest {
  @TempDir Path root;

  @Test
  void a_high_job_and_its_low_job() throws Exception {
    try (Bench bench = bench("")) {
      bench.replay("render_high_success.jsonl", WanGraphs.high(WanGraphs.Pair.recorded("t5")));
      bench.replay("render_low_success.jsonl", WanGraphs.low(WanGraphs.Pair.recorded("t5")));
    }
  }

  @Test
  void a_pair_with_a_reference() throws Exception {
    Path reference = root.resolve("output/t5/ref_00001_.png");
    try (Bench bench = bench("")) {
      bench.client.run(WanGraphs.high(WanGraphs.Pair.recorded("t5")));
      bench.client.run(WanGraphs.low(WanGraphs.Pair.recorded("t5")));
      WanGraphs.Pair pair = WanGraphs.Pair.recorded("t6").from(40, 41, "t6").with(reference);
      bench.client.run(WanGraphs.image("else"));
      bench.replay("render_high_with_reference.jsonl", WanGraphs.high(pair));
      bench.replay("render_low_with_reference.jsonl", WanGraphs.low(pair));
    }
  }

  @Test
  void the_first_combine_and_one_that_follows() throws Exception {
    try (Bench bench = bench("")) {
      WanGraphs.Pair pair = WanGraphs.Pair.recorded("t5");
      bench.client.run(WanGraphs.high(pair));
      bench.client.run(WanGraphs.low(pair));
      Path segment = root.resolve("output/t5/job_00001.mp4");
      bench.replay("combine_first_success.jsonl", WanGraphs.combine(segment, "", "t5", 1.0));
      bench.client.run(WanGraphs.image("else"));
      String previous = root.resolve("output/t5/combined_00001.mp4").toString();
      bench.replay("combine_next_success.jsonl", WanGraphs.combine(segment, previous, "t5", 1.0));
    }
  }

  @Test
  void the_same_graph_again_runs_only_what_follows_the_newest_latent() throws Exception {
    try (Bench bench = bench("")) {
      WanGraphs.Pair pair = WanGraphs.Pair.recorded("t2");
      bench.client.run(WanGraphs.high(pair));
      bench.client.run(WanGraphs.low(pair));
      bench.replay("resubmitted_identical.jsonl", WanGraphs.low(pair));
    }
  }

  @Test
  void an_image_and_the_same_again_without_a_new_file() throws Exception {
    try (Bench bench = bench("")) {
      bench.replay("image_first.jsonl", WanGraphs.image("cached/x"));
      JsonNode again =
          bench.replay("image_resubmitted_all_cached.jsonl", WanGraphs.image("cached/x"));
      assertThat(again.path("outputs").path("2").path("images").path(0).path("filename").asString())
          .isEqualTo("x_00001_.png");
      assertThat(root.resolve("output/cached").toFile().list()).hasSize(1);
    }
  }

  @Test
  void an_interrupt_while_sampling() throws Exception {
    try (Bench bench = bench("", Duration.ofMillis(250))) {
      WanGraphs.Pair pair = WanGraphs.Pair.recorded("t3");
      bench.client.run(WanGraphs.high(pair));
      bench.client.run(WanGraphs.low(pair));
      bench.client.forget();
      String id = UUID.randomUUID().toString();
      bench.client.prompt(WanGraphs.high(pair.from(0, 41, "t3b")), id);
      bench.client.await(
          heard -> heard.is("progress") && heard.text().path("data").path("value").asInt() == 3);
      bench.client.post("/interrupt", "{\"prompt_id\":\"" + id + "\"}");
      bench.client.awaitEnd(id);
      bench.compare(Recording.of("interrupted.jsonl"), id, false);
    }
  }

  @Test
  void an_error_out_of_memory() throws Exception {
    try (Bench bench = bench("oom@1")) {
      String id = bench.run(WanGraphs.high(WanGraphs.Pair.recorded("t7")));
      bench.compare(Recording.of("execution_error_out_of_memory.jsonl"), id, true);
    }
  }

  @Test
  void an_error_because_the_latent_has_another_length() throws Exception {
    try (Bench bench = bench("")) {
      WanGraphs.Pair pair = WanGraphs.Pair.recorded("t4");
      bench.client.run(WanGraphs.high(pair));
      String id = bench.run(WanGraphs.low(pair.from(7, 61, "t4")));
      bench.compare(Recording.of("execution_error_latent_mismatch.jsonl"), id, false);
    }
  }

  @Test
  void an_error_because_the_video_is_over() throws Exception {
    try (Bench bench = bench("")) {
      WanGraphs.Pair pair = WanGraphs.Pair.recorded("t8");
      bench.client.run(WanGraphs.high(pair));
      String id = bench.run(WanGraphs.high(pair.from(500, 41, "t8")));
      bench.compare(Recording.of("execution_error_past_the_end.jsonl"), id, false);
    }
  }

  @Test
  void graphs_that_cannot_run_are_rejected_as_recorded() throws Exception {
    try (Bench bench = bench("")) {
      bench.reject(
          "rejected_unknown_node.jsonl", graph -> type(graph, "54", "WanVideoSamplerNotInstalled"));
      bench.reject(
          "rejected_missing_model.jsonl", graph -> inputs(graph, "4").put("model", "missing.gguf"));
      bench.reject(
          "rejected_missing_video.jsonl", graph -> inputs(graph, "149").put("video", "nope.mp4"));
      bench.reject(
          "rejected_dangling_link.jsonl",
          graph -> inputs(graph, "54").putArray("image_embeds").add("99").add(0));
      assertThat(bench.simulator.counters().rejected()).isEqualTo(4);
    }
  }

  private static void type(ObjectNode graph, String id, String type) {
    ((ObjectNode) graph.path(id)).put("class_type", type);
  }

  private static ObjectNode inputs(ObjectNode graph, String id) {
    return (ObjectNode) graph.path(id).path("inputs");
  }

  private Bench bench(String faults) throws Exception {
    return bench(faults, Duration.ofMillis(1));
  }

  private Bench bench(String faults, Duration step) throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.under(root)
            .withTimes(step, Duration.ZERO)
            .withFaults(Faults.parse(faults), SimulatorSettings.Crash.SERVER);
    Simulator simulator = Simulator.start(settings);
    Path video = root.resolve("input/walk.mp4");
    TestPattern.write(video, new FrameSize(192, 112), FrameRate.of(16), 90);
    return new Bench(simulator, TestClient.of(simulator));
  }

  /** A server with one client. */
  private record Bench(Simulator simulator, TestClient client) implements AutoCloseable {
    String run(ObjectNode graph) throws Exception {
      client.forget();
      String id = UUID.randomUUID().toString();
      JsonNode answer = Json.read(client.prompt(graph, id).body());
      assertThat(answer.path("prompt_id").asString("")).as("%s", answer).isEqualTo(id);
      client.awaitEnd(id);
      return id;
    }

    /** Runs a job and compares all of it; returns its history record. */
    JsonNode replay(String name, ObjectNode graph) throws Exception {
      String id = run(graph);
      compare(Recording.of(name), id, false);
      return client.json("/history/" + id).path(id);
    }

    void compare(Recording recording, String id, boolean withoutSteps) throws Exception {
      List<JsonNode> expected = new ArrayList<>(recording.events());
      List<TestClient.Heard> actual = new ArrayList<>(client.heard());
      if (withoutSteps) { // the fault strikes half way, the recorded one at once
        expected.removeIf(line -> isStep(line.path("text")));
        actual.removeIf(heard -> heard.isBinary() || isStep(heard.text()));
      }
      assertThat(actual.stream().map(TestClient.Heard::kind).toList())
          .isEqualTo(expected.stream().map(Recording::kind).toList());
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        differences.addAll(different(expected.get(i), actual.get(i)));
      }
      JsonNode record = client.json("/history/" + id).path(id);
      JsonNode recorded = recording.response("GET /history/{id}").iterator().next();
      differences.addAll(ShapeComparison.differences(recorded, record));
      assertThat(differences).isEmpty();
    }

    private static boolean isStep(JsonNode text) {
      String type = text.path("type").asString("");
      return type.equals("progress") || type.equals("progress_state");
    }

    private static List<String> different(JsonNode expected, TestClient.Heard actual) {
      if (actual.isBinary()) {
        return ShapeComparison.differences(metadata(expected), metadata(actual.binary()));
      }
      List<String> differences =
          new ArrayList<>(ShapeComparison.differences(expected.path("text"), actual.text()));
      Set<String> nodes = nodes(expected.path("text"));
      if (!nodes.equals(nodes(actual.text()))) {
        differences.add("nodes " + nodes + " were recorded, found " + nodes(actual.text()));
      }
      return differences;
    }

    /** Ids in execution_cached, execution_error and execution_interrupted, in any order. */
    private static Set<String> nodes(JsonNode event) {
      Set<String> nodes = new TreeSet<>();
      for (String key : List.of("nodes", "executed", "current_outputs")) {
        JsonNode ids = event.path("data").path(key);
        if (ids.isArray()) {
          ids.forEach(id -> nodes.add(key + " " + id.asString()));
        }
      }
      return nodes;
    }

    /** The recording kept the first 64 bytes: the type, the length and the start of the JSON. */
    private static JsonNode metadata(JsonNode recorded) {
      byte[] head = java.util.HexFormat.of().parseHex(recorded.path("head_hex").asString());
      assertThat(new String(head, 8, 12, StandardCharsets.UTF_8)).isEqualTo("{\"node_id\": ");
      return Json.read(
          """
          {"node_id": "54", "prompt_id": "x", "display_node_id": "54", "parent_node_id": null,
           "real_node_id": "54", "image_type": "image/jpeg"}
          """);
    }

    private static JsonNode metadata(byte[] frame) {
      ByteBuffer buffer = ByteBuffer.wrap(frame);
      assertThat(buffer.getInt()).isEqualTo(4);
      byte[] json = new byte[buffer.getInt()];
      buffer.get(json);
      assertThat(buffer.getShort()).isEqualTo((short) 0xFFD8); // a JPEG begins so
      return Json.read(json);
    }

    void reject(String name, java.util.function.Consumer<ObjectNode> spoil) throws Exception {
      ObjectNode graph = WanGraphs.high(WanGraphs.Pair.recorded("never"));
      spoil.accept(graph);
      var answer = client.prompt(graph, UUID.randomUUID().toString());
      assertThat(answer.statusCode()).isEqualTo(400);
      JsonNode recorded = Recording.of(name).response("POST /prompt");
      JsonNode found = Json.read(answer.body());
      assertThat(ShapeComparison.differences(recorded, found)).isEmpty();
      assertThat(found.path("error")).isEqualTo(recorded.path("error"));
      assertThat(found.path("node_errors").propertyNames())
          .isEqualTo(recorded.path("node_errors").propertyNames());
    }

    @Override
    public void close() {
      client.close();
      simulator.close();
    }
  }
}
