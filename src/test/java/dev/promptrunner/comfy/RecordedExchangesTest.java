package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.testing.LoopbackServer;
import dev.promptrunner.testing.RecordedJob;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@DisplayName("Each single exchange recorded from a real ComfyUI")
class RecordedExchangesTest extends ComfyTest {
  @TempDir Path folder;

  /** What the client makes of an exchange: a value's text, or a failure's class. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("server facts", "0.3.64 on cpu");
    EXPECTED.put("features", "same");
    EXPECTED.put("queue length, idle", "same");
    EXPECTED.put("queue, idle", "running [] pending []");
    EXPECTED.put("history of an unknown id: empty object and 200", "unfinished");
    EXPECTED.put("object_info of one class", "known");
    EXPECTED.put("object_info of an unknown class: empty object and 200", "unknown");
    EXPECTED.put("model folders", "same");
    EXPECTED.put("one model folder, empty", "same");
    EXPECTED.put("unknown model folder", "Rejected");
    EXPECTED.put(
        "upload: any type is stored; fields image (file walk one.mp4), subfolder=job 1",
        "job 1/walk%20one.mp4");
    EXPECTED.put(
        "upload: same name, other bytes, no overwrite: a new name", "job 1/walk%20one (1).mp4");
    EXPECTED.put("upload: a subfolder that escapes", "Rejected");
    EXPECTED.put("upload without a file", "Rejected");
    EXPECTED.put("malformed JSON: 500 text", "Transient");
    EXPECTED.put("no prompt key", "refused no_prompt");
    EXPECTED.put("empty prompt", "refused prompt_no_outputs");
    EXPECTED.put("editor format instead of API format", "refused invalid_prompt");
    EXPECTED.put("loopback Host with a foreign Origin", "Rejected");
    EXPECTED.put("accepted", "queued");
    EXPECTED.put("queue length, one running and two pending", "same");
    EXPECTED.put(
        "queue, one running and two pending (graphs cut)", "running [3.0] pending [4.0, 5.0]");
    EXPECTED.put("history of a running job: empty object and 200", "unfinished");
    EXPECTED.put("delete a pending job: 200, nothing said, no history", "done");
    EXPECTED.put("interrupt a job that is pending: 200 and no effect", "done");
    EXPECTED.put("interrupt the running job", "done");
    EXPECTED.put("history: interrupted (graph cut)", "Interrupted");
    EXPECTED.put("history: success, no UI output (graph cut)", "Succeeded");
    EXPECTED.put("history of the deleted job", "unfinished");
    EXPECTED.put("view: size first", "BadOutput");
    EXPECTED.put("view: a range", "Transient");
    EXPECTED.put("view: past the end", "Transient");
    EXPECTED.put("view: no such file", "BadOutput");
    EXPECTED.put("view: a path in filename", "BadOutput");
    EXPECTED.put("view: a subfolder that escapes", "BadOutput");
    EXPECTED.put("free", "done");
    EXPECTED.put("delete a history record", "done");
    EXPECTED.put("no such route", "Rejected");
  }

  static Stream<Arguments> exchanges() {
    return RecordedJob.lines("http_exchanges.jsonl").stream()
        .filter(line -> !line.path("request").path("method").asString().equals("HEAD"))
        .map(line -> Arguments.of(line.path("why").asString(), line));
  }

  @Test
  void all_forty_one_are_known() {
    assertThat(RecordedJob.lines("http_exchanges.jsonl"))
        .hasSize(41)
        .allSatisfy(line -> assertThat(EXPECTED).containsKey(line.path("why").asString()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exchanges")
  void is_understood(String why, JsonNode exchange) throws Exception {
    String method = exchange.path("request").path("method").asString();
    URI uri = URI.create(exchange.path("request").path("path").asString());
    String first = uri.getPath().split("/")[1];
    server.on(method + " /" + first, (_, socket) -> answer(exchange, socket));

    assertThat(outcome(method + " " + first, uri, exchange)).isEqualTo(EXPECTED.get(why));
  }

  private static boolean answer(JsonNode exchange, Socket socket) throws java.io.IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.path("headers").properties().stream()
        .filter(header -> !header.getKey().equals("content-length"))
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    JsonNode body = exchange.path("body");
    String text = body.isString() ? body.asString() : body.toString();
    LoopbackServer.answer(
        socket, exchange.path("status").asInt(), headers, text.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private String outcome(String route, URI uri, JsonNode exchange) throws Exception {
    ComfySettings once = settings().with(new ComfySettings.Limits(1 << 20, 1 << 20, 1 << 20, 1));
    try (ComfyServer client = client(once);
        Transport transport = new Transport(once.timeouts())) {
      Http http =
          new Http(
              new ServerAddress(once.url()), transport, new Retries(1, Sleeper.SYSTEM), 1 << 20);
      return outcome(client, http, route, uri, exchange);
    } catch (FailureException e) {
      return e.failure().kind();
    }
  }

  private String outcome(ComfyServer client, Http http, String route, URI uri, JsonNode exchange)
      throws Exception {
    String[] path = uri.getPath().substring(1).split("/");
    String last = path[path.length - 1];
    Ledger ledger = new Ledger(http, Sleeper.SYSTEM, Duration.ZERO);
    switch (route) {
      case "GET system_stats" -> {
        ServerStats stats = client.stats();
        return stats.version() + " on " + stats.devices().getFirst().type();
      }
      case "GET queue" -> {
        QueueState queue = client.queue();
        return "running " + numbers(queue.running()) + " pending " + numbers(queue.pending());
      }
      case "GET history" -> {
        return ledger
            .finished(last)
            .map(record -> record.outcome().getClass().getSimpleName())
            .orElse("unfinished");
      }
      case "GET object_info" -> {
        return client.objectInfo(last).isPresent() ? "known" : "unknown";
      }
      case "GET view" -> {
        return client.fetch(output("job_00001.mp4", "q2"), folder.resolve("x")).toString();
      }
      case "POST upload" -> {
        Path file = Files.writeString(folder.resolve("a"), "a");
        return client.upload(file, "", "a").reference();
      }
      case "POST prompt" -> {
        return submitted(client, exchange.path("body").path("prompt_id").asString(newId()));
      }
      case "POST queue" -> ledger.dequeue(newId());
      case "POST interrupt" -> ledger.interrupt(newId());
      case "POST free" -> client.free(true, true);
      case "POST history" -> client.deleteHistory(newId());
      default -> {
        return http.getOnce("asking", path).equals(exchange.path("body")) ? "same" : "other";
      }
    }
    return "done";
  }

  private static String submitted(ComfyServer client, String id) throws Exception {
    return switch (client.submit(graph(), id, List.of())) {
      case Submission.Queued _ -> "queued";
      case Submission.Adopted _ -> "adopted";
      case Submission.Refused(Rejection rejection) -> "refused " + rejection.type();
    };
  }

  private static List<Double> numbers(List<QueueState.Item> items) {
    return items.stream().map(QueueState.Item::number).toList();
  }

  @Test
  void a_foreign_origin_is_explained() {
    server.on("GET /queue", (_, socket) -> answer(byWhy("loopback Host"), socket));

    Failure failure =
        org.assertj.core.api.Assertions.catchThrowableOfType(
                FailureException.class, () -> comfy.queue())
            .failure();
    assertThat(failure.remedy()).startsWith("ComfyUI refuses requests whose Origin header differs");
  }

  private static JsonNode byWhy(String start) {
    return RecordedJob.lines("http_exchanges.jsonl").stream()
        .filter(line -> line.path("why").asString().startsWith(start))
        .findFirst()
        .orElseThrow();
  }
}
