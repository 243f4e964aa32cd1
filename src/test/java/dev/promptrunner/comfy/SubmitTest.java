package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.LoopbackServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("Sending a job")
class SubmitTest extends ComfyTest {

  private Failure fails() {
    return fails(comfy);
  }

  private static Failure fails(ComfyServer client) {
    return catchThrowableOfType(
            FailureException.class, () -> client.submit(graph(), newId(), List.of("9")))
        .failure();
  }

  @Test
  void sends_graph_targets_and_both_ids_over_http_1_1() throws Exception {
    String id = newId();
    Submission submission = comfy.submit(graph(), id, List.of("9"));

    JsonNode sent = server.prompts().getFirst();
    assertThat(submission).isEqualTo(new Submission.Queued(id, comfy.clientId()));
    assertThat(sent.path("prompt_id").asString()).isEqualTo(id);
    assertThat(sent.path("client_id").asString()).isEqualTo(comfy.clientId());
    assertThat(sent.path("partial_execution_targets").toString()).isEqualTo("[\"9\"]");
    assertThat(server.socket().clientId()).isEqualTo(comfy.clientId());
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.headers()).doesNotContainKeys("http2-settings"));
  }

  @Test
  void keeps_every_digit_of_the_largest_seed() throws Exception {
    comfy.submit(graph(), newId(), List.of());

    assertThat(server.prompts().getFirst().path("prompt").path("54").path("inputs").path("seed"))
        .hasToString("18446744073709551615");
  }

  @Test
  void opens_the_socket_before_the_first_job() throws Exception {
    comfy.submit(graph(), newId(), List.of());

    List<String> paths = server.requests().stream().map(LoopbackServer.Request::path).toList();
    assertThat(paths).containsExactly("/ws", "/prompt");
  }

  @Test
  void a_cut_answer_is_settled_by_looking_and_the_job_is_never_sent_twice() throws Exception {
    server.on(
        "POST /prompt",
        (request, socket) -> {
          server.accept(request);
          LoopbackServer.cut(socket);
          return false;
        });
    for (int i = 0; i < 20; i++) {
      String id = newId();
      Submission submission = comfy.submit(graph(), id, List.of());

      assertThat(submission).isInstanceOf(Submission.Adopted.class);
      assertThat(server.prompts()).hasSize(i + 1);
      server.finish(id, SUCCESS);
      assertThat(comfy.follow(id, JobListener.NONE).outputs()).hasSize(1);
    }
  }

  @Test
  void a_late_answer_is_settled_the_same_way() throws Exception {
    server.on(
        "POST /prompt",
        (request, socket) -> {
          server.accept(request);
          socket.getInputStream().read();
          return false;
        });
    ComfySettings quick = settings().with(settings().timeouts().withRead(Duration.ofMillis(200)));
    try (ComfyServer client = client(quick)) {
      assertThat(client.submit(graph(), newId(), List.of())).isInstanceOf(Submission.Adopted.class);
    }
    assertThat(server.prompts()).hasSize(1);
  }

  @Test
  void a_job_that_is_in_neither_queue_nor_history_may_be_sent_again() throws Exception {
    server.on(
        "POST /prompt",
        (_, socket) -> {
          LoopbackServer.cut(socket);
          return false;
        });

    Failure failure = fails();

    assertThat(failure).isInstanceOf(Failure.Transient.class);
    assertThat(failure.found()).endsWith("; the server does not have the job");
    assertThat(failure.remedy())
        .isEqualTo("look at ComfyUI's log, then give the same command again");
    assertThat(server.count("POST", "/prompt")).isEqualTo(1);
  }

  @Test
  void a_partly_refused_job_is_cancelled_and_refused() throws Exception {
    server.on(
        "POST /prompt",
        (request, socket) -> {
          String answer = server.accept(request);
          String errors =
              "{\"54\":{\"errors\":[{\"type\":\"required_input_missing\",\"message\":\"Required"
                  + " input is"
                  + " missing\",\"details\":\"samples\",\"extra_info\":{\"input_name\":\"samples\"}}],"
                  + "\"dependent_outputs\":[\"9\"],\"class_type\":\"WanVideoSampler\"}}";
          LoopbackServer.json(
              socket, 200, answer.replace("\"node_errors\":{}", "\"node_errors\":" + errors));
          return true;
        });
    server.enqueue(newId(), graph());
    String id = newId();

    Submission submission = comfy.submit(graph(), id, List.of());

    assertThat(((Submission.Refused) submission).rejection().failure("sending").sentence())
        .isEqualTo(
            "sending: node 54 (WanVideoSampler), input samples: Required input is missing (samples)"
                + " — set this input or link it to a node");
    assertThat(comfy.whereIs(id)).isEqualTo(new Place.Unknown());
  }

  @Test
  void a_server_too_old_for_ids_is_named_and_its_job_cancelled() throws Exception {
    String other = newId();
    server.enqueue(newId(), graph());
    server.on(
        "POST /prompt",
        (_, socket) -> {
          server.enqueue(other, graph());
          LoopbackServer.json(
              socket, 200, "{\"prompt_id\":\"" + other + "\",\"number\":1,\"node_errors\":{}}");
          return true;
        });

    assertThat(fails().remedy()).startsWith("update ComfyUI");
    assertThat(comfy.whereIs(other)).isEqualTo(new Place.Unknown());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "413|text/plain|Maximum request body size 104857600 exceeded.|Rejected|--max-upload-size",
        "500|text/plain|500 Internal Server Error Server got itself in trouble|Transient|same"
            + " command again",
        "403|text/plain||Rejected|Origin",
        "401|text/plain|who are you|Rejected|http://user:password@host:port",
        "502|text/html|<html>Bad gateway</html>|Transient|same command again",
        "524|text/html|<html>A timeout occurred</html>|Transient|same command again",
        "200|text/html|<html>Welcome to nginx</html>|Rejected|system_stats",
        "200|application/json|{\"ok\":true}|Rejected|system_stats",
        "404|text/html|<html>Not found</html>|Rejected|system_stats",
        "302|text/html||Rejected|system_stats",
        "405|text/plain|Method Not Allowed|Rejected|system_stats"
      })
  void an_answer_that_is_not_comfyuis_is_named_for_what_it_is(
      int status, String type, String body, String kind, String remedy) {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    server.on(
        "POST /prompt",
        (_, socket) -> {
          LoopbackServer.answer(
              socket, status, Map.of("Content-Type", type, "Location", "/login"), bytes);
          return true;
        });

    Failure failure = fails();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.remedy()).contains(remedy);
    assertThat(failure.sentence()).contains(Integer.toString(server.url().getPort()));
  }

  @Test
  void a_proxys_web_page_is_not_poured_into_the_message() {
    server.on(
        "POST /prompt",
        (_, socket) -> {
          LoopbackServer.answer(
              socket,
              200,
              Map.of("Content-Type", "text/html"),
              "<html><h1>hi</h1>".getBytes(StandardCharsets.UTF_8));
          return true;
        });

    assertThat(fails().found())
        .isEqualTo(server.url() + " is not a ComfyUI server: it answered 200 with a web page");
  }

  @Test
  void a_server_that_is_not_there_is_lost_and_says_how_to_name_it() throws Exception {
    server.close();

    Failure failure = fails();

    assertThat(failure).isInstanceOf(Failure.ServerLost.class);
    assertThat(failure.found()).startsWith("nothing answers at " + server.url());
    assertThat(failure.remedy()).isEqualTo("start ComfyUI, or say where it is with --comfyui URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "None", "8305724D-8b13-467a-a2e8-a79a849ec4fa", "42"})
  void an_id_that_is_no_lower_case_uuid_never_leaves(String id) {
    assertThatThrownBy(() -> comfy.submit(graph(), id, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a lower-case UUID: '" + id + "'");
    assertThat(server.prompts()).isEmpty();
  }

  @Test
  void a_graph_that_would_kill_the_servers_worker_is_not_sent() throws Exception {
    ObjectNode graph = graph();
    graph.putObject("77").put("class_type", "Note");
    graph.putArray("nodes");

    Submission submission = comfy.submit(graph, newId(), List.of("9", "365"));

    assertThat(((Submission.Refused) submission).rejection().problems())
        .extracting(Object::toString)
        .containsExactly(
            "node 77 (Note): it has no inputs: write \"inputs\": {} for a node without any",
            "node nodes: it has no class_type: export the workflow in API format: in ComfyUI,"
                + " Workflow > Export (API)",
            "node 365: the target node is not in the workflow: correct the recipe's targets");
    assertThat(server.prompts()).isEmpty();
  }

  @Test
  void a_choice_that_the_answer_left_out_is_asked_for() throws Exception {
    String many =
        IntStream.range(0, 30)
            .mapToObj(i -> "\"model_" + i + ".gguf\"")
            .reduce((a, b) -> a + "," + b)
            .get();
    server.onJson(
        "POST /prompt",
        400,
        "{\"error\":{\"type\":\"prompt_outputs_failed_validation\",\"message\":\"m\",\"details\":\"\"},"
            + "\"node_errors\":{\"4\":{\"class_type\":\"WanVideoModelLoader\",\"errors\":[{\"type\":\"value_not_in_list\",\"message\":\"Value"
            + " not in list\",\"details\":\"model: 'modle_7.gguf' not in (list of length 30)\","
            + "\"extra_info\":{\"input_name\":\"model\",\"input_config\":null,\"received_value\":\"modle_7.gguf\"}}]}}}");
    server.onJson(
        "GET /object_info",
        200,
        "{\"WanVideoModelLoader\":{\"input\":{\"required\":{\"model\":[[" + many + "],{}]}}}}");

    Submission submission = comfy.submit(graph(), newId(), List.of());

    assertThat(((Submission.Refused) submission).rejection().problems().getFirst().remedy())
        .startsWith(
            "did you mean 'model_7.gguf'? put the file into ComfyUI's models/diffusion_models")
        .endsWith("… (30 in all)");
  }
}
