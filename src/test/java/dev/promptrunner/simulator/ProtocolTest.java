package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.TestPattern;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the recordings do not show: who hears what, numbers, duplicates, files in parts. */
@Timeout(60)
class ProtocolTest {
  @TempDir Path root;
  private final CountDownLatch sampling = new CountDownLatch(1);
  private Simulator simulator;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    SimulatorSettings settings = SimulatorSettings.under(root);
    simulator = Simulator.start(settings, Clock.systemUTC(), step -> sampling.await());
    client = TestClient.of(simulator);
    Path video = root.resolve("input/walk.mp4");
    TestPattern.write(video, new FrameSize(64, 48), FrameRate.of(16), 20);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private static WanGraphs.Pair pair(String folder) {
    return new WanGraphs.Pair("walk.mp4", 64, 48, 0, 9, folder, "");
  }

  private String hold() throws Exception {
    String id = UUID.randomUUID().toString();
    client.prompt(WanGraphs.high(pair("held")), id);
    client.await(ProtocolTest::isSampling);
    return id;
  }

  private static boolean isSampling(TestClient.Heard heard) {
    return heard.is("executing")
        && heard.text().path("data").path("node").asString("").equals("54");
  }

  private HttpResponse<byte[]> send(String prompt, String more) throws Exception {
    return client.post("/api/prompt", "{\"prompt\": " + prompt + more + "}");
  }

  private static String image(String prefix) {
    return Json.text(WanGraphs.image(prefix));
  }

  @Test
  void another_client_hears_of_the_queue_alone() throws Exception {
    try (TestClient other = TestClient.of(simulator)) {
      client.run(WanGraphs.image("x"));
      other.await(heard -> heard.is("status") && !heard.text().path("data").has("sid"));
      assertThat(other.kinds()).containsOnly("status", "feature_flags");
    }
  }

  @Test
  void without_a_client_id_only_progress_and_previews_go_to_everybody() throws Exception {
    sampling.countDown();
    assertThat(send(Json.text(WanGraphs.high(pair("a"))), "").statusCode()).isEqualTo(200);
    client.await(heard -> heard.is("progress"));
    send(image("after"), ", \"client_id\": \"" + client.id + "\", \"prompt_id\": \"after\"");
    client.awaitEnd("after");
    List<String> heard = client.kinds();
    assertThat(heard).contains("progress_state", "binary 4");
    assertThat(heard.subList(0, heard.indexOf("progress")))
        .doesNotContain("execution_start", "executing", "execution_cached");
  }

  @Test
  void without_negotiation_previews_are_of_type_1_and_follow_the_progress() throws Exception {
    sampling.countDown();
    try (TestClient plain = TestClient.plain(simulator)) {
      plain.run(WanGraphs.high(pair("a")));
      List<String> kinds = plain.kinds();
      int preview = kinds.indexOf("binary 1");
      assertThat(kinds).doesNotContain("binary 4");
      assertThat(kinds.get(preview - 1)).isEqualTo("progress");
      ByteBuffer frame = ByteBuffer.wrap(plain.heard().get(preview).binary());
      assertThat(frame.getInt(4)).isEqualTo(1); // JPEG
      assertThat(frame.getShort(8)).isEqualTo((short) 0xFFD8);
    }
  }

  @Test
  void numbers_order_the_queue_and_are_echoed() throws Exception {
    hold();
    assertThat(Json.read(send(image("a"), "").body()).path("number").isInt()).isTrue();
    JsonNode own = Json.read(send(image("b"), ", \"number\": 5").body());
    assertThat(own.path("number").toString()).isEqualTo("5.0");
    JsonNode front = Json.read(send(image("c"), ", \"front\": true").body());
    assertThat(front.path("number").asInt()).isNegative();
    assertThat(client.json("/queue").path("queue_pending").path(0).path(1))
        .isEqualTo(front.path("prompt_id"));
    assertThat(send(image("d"), ", \"number\": \"first\"").statusCode()).isEqualTo(500);
    assertThat(send("[1]", "").statusCode()).isEqualTo(500);
  }

  @Test
  void a_prompt_id_may_be_anything_and_the_same_one_runs_twice() throws Exception {
    sampling.countDown();
    JsonNode none = Json.read(send(image("a"), ", \"prompt_id\": null").body());
    assertThat(none.path("prompt_id").asString()).isEqualTo("None");
    String id = UUID.randomUUID().toString();
    client.prompt(WanGraphs.image("b"), id);
    client.awaitEnd(id);
    client.forget();
    client.prompt(WanGraphs.image("c"), id);
    client.awaitEnd(id);
    assertThat(simulator.counters().startedByPrompt()).containsEntry(id, 2);
  }

  @Test
  void the_same_number_and_id_twice_in_the_queue_is_trouble() throws Exception {
    hold();
    String twin = ", \"number\": 9, \"prompt_id\": \"twin\"";
    assertThat(send(image("a"), twin).statusCode()).isEqualTo(200);
    assertThat(send(image("b"), twin).statusCode()).isEqualTo(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/interrupt | '' | 200",
        "/interrupt | {bad | 200",
        "/interrupt | [] | 500",
        "/queue | '' | 500",
        "/queue | {bad | 500",
        "/queue | {} | 200",
        "/history | '' | 500",
        "/free | '' | 500",
        "/prompt | '{\"prompt\":[]}' | 400",
        "/prompt | '{\"prompt\":\"\"}' | 400",
        "/prompt | '{\"prompt\":null}' | 500",
        "/prompt | '{\"prompt\":5}' | 500",
        "/prompt | '{\"prompt\":[1]}' | 500",
        "/prompt | '{\"prompt\":\"x\"}' | 500",
      })
  void a_body_that_is_not_what_it_must_be_is_answered_like_the_real_one(
      String route, String body, int status) throws Exception {
    assertThat(client.post(route, body).statusCode()).isEqualTo(status);
  }

  @Test
  void only_the_targets_run() throws Exception {
    String graph =
        """
        {"1": {"class_type": "EmptyImage",
               "inputs": {"width": 8, "height": 8, "batch_size": 1, "color": 0}},
         "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}},
         "3": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "y"}}}
        """;
    String more =
        ", \"partial_execution_targets\": [\"3\"], \"prompt_id\": \"part\", \"client_id\": \"%s\"";
    send(graph, more.formatted(client.id));
    client.awaitEnd("part");
    assertThat(root.resolve("output/x_00001_.png")).doesNotExist();
    assertThat(root.resolve("output/y_00001_.png")).exists();
  }

  @Test
  void a_client_that_connects_again_learns_which_node_runs() throws Exception {
    hold();
    try (TestClient again = TestClient.again(simulator, client.id)) {
      TestClient.Heard now = again.await(heard -> heard.is("executing"));
      assertThat(now.text().path("data").toString()).isEqualTo("{\"node\":\"54\"}");
    }
  }

  @Test
  void the_history_is_read_in_parts_the_oldest_first() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      send(
          image(name), ", \"client_id\": \"%s\", \"prompt_id\": \"%s\"".formatted(client.id, name));
      client.awaitEnd(name);
    }
    assertThat(client.json("/history").propertyNames()).containsExactly("a", "b", "c");
    assertThat(client.json("/history?max_items=2").propertyNames()).containsExactly("b", "c");
    assertThat(client.json("/history?max_items=1&offset=1").propertyNames()).containsExactly("b");
    assertThat(client.get("/history?max_items=two").statusCode()).isEqualTo(500);
    client.post("/history", "{\"clear\": true}");
    assertThat(client.json("/history")).isEmpty();
  }

  @Test
  void a_file_is_sent_in_parts_and_only_when_it_has_changed() throws Exception {
    Files.write(root.resolve("output/ten.bin"), "0123456789".getBytes());
    String path = "/view?filename=ten.bin";
    HttpResponse<byte[]> whole = client.get(path);
    assertThat(whole.body()).asString().isEqualTo("0123456789");
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(client.get(path, "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<byte[]> rest = client.get(path, "Range", "bytes=4-", "If-Range", tag);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).asString().isEqualTo("456789");
    assertThat(client.get(path, "Range", "bytes=-3").body()).asString().isEqualTo("789");
    HttpResponse<byte[]> other = client.get(path, "Range", "bytes=4-", "If-Range", "\"old\"");
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(client.get("/view?filename=sub/ten.bin").statusCode()).isEqualTo(200);
    assertThat(client.get("/view?filename=ten.bin&type=other").statusCode()).isEqualTo(400);
  }

  @Test
  void says_plainly_that_it_is_a_simulator_and_where_its_folders_are() throws Exception {
    JsonNode stats = client.json("/system_stats");
    assertThat(stats.path("system").path("comfyui_version").asString())
        .isEqualTo("0.3.64+prompt-runner-simulator");
    assertThat(stats.path("devices").path(0).path("name").asString())
        .isEqualTo("CPU (Prompt Runner simulator)");
    List<String> argv =
        stats.path("system").path("argv").valueStream().map(JsonNode::asString).toList();
    assertThat(argv)
        .containsSequence("--output-directory", root.resolve("output").toString())
        .containsSequence("--port", Integer.toString(simulator.port()));
  }

  @Test
  void every_class_it_describes_can_be_run_and_is_described_like_the_real_one() throws Exception {
    client
        .json("/object_info")
        .forEachEntry(
            (name, info) -> {
              assertThat(dev.promptrunner.simulator.node.Nodes.find(name)).as(name).isPresent();
              assertThat(info.propertyNames())
                  .contains("input", "input_order", "output", "output_node", "python_module");
            });
  }
}
