package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.LoopbackServer;
import dev.promptrunner.testing.RecordedJob;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A server's facts and controls")
class ServerTest extends ComfyTest {
  @TempDir Path folder;

  private static JsonNode exchange(String why) {
    return RecordedJob.lines("http_exchanges.jsonl").stream()
        .filter(line -> line.path("why").asString().startsWith(why))
        .findFirst()
        .orElseThrow();
  }

  private void stats(String argv) {
    server.onJson(
        "GET /system_stats",
        200,
        "{\"system\":{\"comfyui_version\":\"0.3.64\",\"argv\":[" + argv + "]},\"devices\":[]}");
  }

  @Test
  void tells_what_the_server_is() throws Exception {
    server.onJson("GET /system_stats", 200, exchange("server facts").path("body").toString());

    ServerStats stats = comfy.stats();

    assertThat(stats.version()).isEqualTo("0.3.64");
    assertThat(stats.argv()).contains("--port", "18188");
    assertThat(stats.devices())
        .singleElement()
        .satisfies(device -> assertThat(device.type()).isEqualTo("cpu"));
  }

  @Test
  void waits_for_a_server_that_is_still_importing_its_nodes() throws Exception {
    int port = server.url().getPort();
    server.close();
    AtomicInteger pauses = new AtomicInteger();
    try (LateServer late = new LateServer();
        ComfyServer early =
            new ComfyServer(
                settings(),
                newId(),
                java.time.InstantSource.system(),
                duration -> {
                  if (pauses.incrementAndGet() == 3) {
                    late.open(port);
                  }
                })) {
      assertThat(early.awaitReady(Duration.ofMinutes(5)).version()).isEqualTo("later");
    }
    assertThat(pauses).hasValue(3);
  }

  /** A server that comes late. */
  private static final class LateServer implements AutoCloseable {
    private LoopbackServer late;

    void open(int port) {
      try {
        late =
            new LoopbackServer(
                (_, socket) -> {
                  LoopbackServer.json(socket, 200, "{\"system\":{\"comfyui_version\":\"later\"}}");
                  return true;
                },
                port);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() throws IOException {
      late.close();
    }
  }

  @Test
  void a_server_that_never_comes_is_named_with_the_wait() throws Exception {
    server.close();

    Failure failure =
        catchThrowableOfType(FailureException.class, () -> comfy.awaitReady(Duration.ofMillis(600)))
            .failure();

    assertThat(failure).isInstanceOf(Failure.ServerLost.class);
    assertThat(failure.attempted()).startsWith("waiting 0 s for ComfyUI at " + server.url());
    assertThat(failure.remedy()).contains("--comfyui URL");
  }

  @Test
  void something_else_that_answers_ends_the_wait_at_once() {
    server.onJson("GET /system_stats", 200, "{\"hello\":\"I am another service\"}");

    Failure failure =
        catchThrowableOfType(FailureException.class, () -> comfy.awaitReady(Duration.ofMinutes(5)))
            .failure();

    assertThat(failure).isInstanceOf(Failure.Rejected.class);
    assertThat(failure.found()).contains("is not a ComfyUI server");
  }

  @Test
  void object_info_is_whole_and_keeps_large_numbers() throws Exception {
    server.on("GET /object_info", this::objectInfo);

    JsonNode all = comfy.objectInfo();

    assertThat(all.size()).isGreaterThan(300);
    assertThat(
            all.path("KSamplerAdvanced")
                .path("input")
                .path("required")
                .path("noise_seed")
                .path(1)
                .path("max"))
        .hasToString("18446744073709551615");
    assertThat(comfy.objectInfo("KSamplerAdvanced")).isPresent();
    assertThat(comfy.objectInfo("No/Such [Node]")).isEmpty();
  }

  private boolean objectInfo(LoopbackServer.Request request, Socket socket) throws IOException {
    String whole = RecordedJob.text("object_info.json");
    boolean unknown = request.path().endsWith("[Node]");
    LoopbackServer.json(socket, 200, unknown ? "{}" : whole);
    return true;
  }

  @Test
  void an_idempotent_question_is_asked_again_while_the_failure_may_pass() throws Exception {
    server.on(
        "GET /queue",
        (_, socket) -> {
          if (server.count("GET", "/queue") < 3) {
            LoopbackServer.cut(socket);
            return false;
          }
          LoopbackServer.json(socket, 200, exchange("queue, one running").path("body").toString());
          return true;
        });

    QueueState queue = comfy.queue();

    assertThat(queue.running())
        .singleElement()
        .satisfies(item -> assertThat(item.targets()).containsExactly("365"));
    assertThat(queue.pending()).extracting(QueueState.Item::number).containsExactly(4.0, 5.0);
  }

  @Test
  void folders_follow_the_command_line() throws Exception {
    stats(
        "\"/opt/ComfyUI/main.py\",\"--output-directory\",\"/data/out\",\"--input-directory=/data/in\",\"--temp-directory\",\"/t\"");
    Folders folders = comfy.folders();

    assertThat(folders.output()).contains(Path.of("/data/out"));
    assertThat(folders.input()).contains(Path.of("/data/in"));
    assertThat(folders.temp()).contains(Path.of("/t/temp"));

    stats("\"/opt/ComfyUI/main.py\",\"--base-directory\",\"/base\"");
    assertThat(comfy.folders().output()).contains(Path.of("/base/output"));
    stats("\"/opt/ComfyUI/main.py\"");
    assertThat(comfy.folders().input()).contains(Path.of("/opt/ComfyUI/input"));
  }

  @Test
  void folders_follow_the_custom_nodes_when_the_command_line_is_relative() throws Exception {
    stats("\"main.py\"");
    server.onJson("GET /internal", 200, "{\"custom_nodes\":[\"/workspace/ComfyUI/custom_nodes\"]}");

    assertThat(comfy.folders().output()).contains(Path.of("/workspace/ComfyUI/output"));
    stats("\"main.py\",\"--base-directory\",\"..\"");
    assertThat(comfy.folders().input()).contains(Path.of("/workspace/ComfyUI/input"));
    server.restore("GET /internal");
    assertThat(comfy.folders().output()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "main.py, out, /workspace/ComfyUI/out",
    "./main.py, ../out, /workspace/out",
    "ComfyUI/main.py, out, /workspace/out",
    "ComfyUI/main.py, /data/out, /data/out",
    // The folder it was started in does not show: unknown, never the usual folder.
    "/workspace/ComfyUI/main.py, out, ''",
    "../elsewhere/main.py, out, ''",
    "main.py, D:\\out, ''",
  })
  void a_relative_folder_lies_below_the_one_the_server_was_started_in(
      String script, String flag, String output) throws Exception {
    stats("\"" + script + "\",\"--output-directory\",\"" + flag.replace("\\", "\\\\") + "\"");
    server.onJson("GET /internal", 200, "{\"custom_nodes\":[\"/workspace/ComfyUI/custom_nodes\"]}");

    Folders folders = comfy.folders();

    assertThat(folders.output().map(Path::toString).orElse("")).isEqualTo(output);
    assertThat(folders.input()).contains(Path.of("/workspace/ComfyUI/input"));
  }

  @Test
  void a_shared_disk_is_proven_and_leaves_no_trace() throws Exception {
    Files.createDirectories(folder.resolve("input"));
    Files.createDirectories(folder.resolve("output"));
    stats("\"" + folder.resolve("main.py") + "\"");
    server.on("GET /view", this::view);

    assertThat(comfy.sharesDisk()).isTrue();
    assertThat(folder.resolve("input")).isEmptyDirectory();
    assertThat(comfy.sharedFolders().temp()).isEmpty();
  }

  private boolean view(LoopbackServer.Request request, Socket socket) throws IOException {
    Path file =
        folder.resolve(request.query().get("type")).resolve(request.query().get("filename"));
    LoopbackServer.answer(socket, 200, Map.of(), Files.readAllBytes(file));
    return true;
  }

  @Test
  void equal_paths_on_another_disk_are_not_shared() throws Exception {
    Files.createDirectories(folder.resolve("input"));
    Files.createDirectories(folder.resolve("output"));
    stats("\"" + folder.resolve("main.py") + "\"");

    assertThat(comfy.sharesDisk()).isFalse();
    assertThat(folder.resolve("input")).isEmptyDirectory();
  }

  @Test
  void an_upload_streams_the_file_and_takes_the_name_that_the_server_chose() throws Exception {
    Path file = Files.write(folder.resolve("source.mp4"), new byte[2_000_000]);
    server.onJson(
        "POST /upload",
        200,
        "{\"name\":\"walk (1).mp4\",\"subfolder\":\"job 1\",\"type\":\"input\"}");

    Uploaded uploaded = comfy.upload(file, "job 1", "walk ä.mp4");

    assertThat(uploaded.reference()).isEqualTo("job 1/walk (1).mp4");
    LoopbackServer.Request sent = server.requests().getFirst();
    assertThat(sent.path()).isEqualTo("/upload/image");
    assertThat(sent.body()).hasSizeGreaterThan(2_000_000);
    assertThat(new String(sent.body(), 0, 600, StandardCharsets.UTF_8))
        .contains("name=\"image\"; filename=\"walk ä.mp4\"", "name=\"subfolder\"", "job 1");
  }

  @Test
  void an_upload_that_fails_says_why() throws Exception {
    Path file = Files.writeString(folder.resolve("a.mp4"), "x");
    assertThatThrownBy(() -> comfy.upload(file, "", "../a.mp4"))
        .hasMessage("not a plain file name: '../a.mp4'");
    server.onJson("POST /upload", 400, "{}");
    assertThat(uploadFails(file).found()).startsWith("the server refused the name");
    server.onJson("POST /upload", 413, "{}");
    assertThat(uploadFails(file).remedy()).contains("--max-upload-size");
    assertThat(uploadFails(folder.resolve("none")).found()).startsWith("it cannot be read");
  }

  private Failure uploadFails(Path file) {
    return catchThrowableOfType(FailureException.class, () -> comfy.upload(file, "", "a.mp4"))
        .failure();
  }

  @Test
  void a_waiting_job_is_taken_from_the_queue_without_an_interrupt() throws Exception {
    server.enqueue(newId(), graph());
    String waiting = newId();
    server.enqueue(waiting, graph());

    assertThat(comfy.interrupt(waiting)).isEqualTo(CancelOutcome.REMOVED);
    assertThat(server.count("POST", "/interrupt")).isZero();
  }

  @Test
  void a_running_job_is_interrupted_by_its_id_and_seen_to_end() throws Exception {
    String id = newId();
    server.enqueue(id, graph());
    server.on(
        "POST /interrupt",
        (request, socket) -> {
          assertThat(request.text()).isEqualTo("{\"prompt_id\":\"" + id + "\"}");
          LoopbackServer.answer(socket, 200, Map.of(), new byte[0]);
          server.finish(
              id,
              "{\"outputs\":{},\"status\":{\"status_str\":\"error\",\"messages\":[[\"execution_interrupted\",{\"node_id\":\"54\",\"node_type\":\"S\"}]]}}");
          return true;
        });

    assertThat(comfy.interrupt(id)).isEqualTo(CancelOutcome.INTERRUPTED);
  }

  @Test
  void an_interrupt_that_came_too_late_says_so() throws Exception {
    String id = newId();
    server.finishSilently(id, SUCCESS);

    assertThat(comfy.interrupt(id)).isEqualTo(CancelOutcome.FINISHED);
  }

  @Test
  void a_node_that_ignores_interrupts_is_stalled_after_the_grace() {
    String id = newId();
    server.enqueue(id, graph());
    ComfySettings quick = settings().with(settings().timeouts().withCancel(Duration.ofMillis(300)));
    try (ComfyServer client = client(quick)) {
      Failure failure =
          catchThrowableOfType(FailureException.class, () -> client.interrupt(id)).failure();
      assertThat(failure).isInstanceOf(Failure.Stalled.class);
      assertThat(failure.remedy()).startsWith("restart ComfyUI");
    }
  }

  @Test
  void controls_send_json_as_the_server_demands() throws Exception {
    comfy.free(true, false);
    comfy.deleteHistory("8305724d-8b13-467a-a2e8-a79a849ec4fa");

    assertThat(server.requests())
        .extracting(LoopbackServer.Request::text)
        .containsExactly(
            "{\"unload_models\":true,\"free_memory\":false}",
            "{\"delete\":[\"8305724d-8b13-467a-a2e8-a79a849ec4fa\"]}");
  }

  @Test
  void a_close_ends_the_socket_cleanly() throws Exception {
    comfy.submit(graph(), newId(), List.of());
    await().until(() -> !server.socket().received().isEmpty());
    comfy.close();

    assertThat(server.socket().closedByClient()).isTrue();
    assertThat(Optional.of(comfy.address())).contains(server.url().toString());
  }
}
