package dev.promptrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.TestPattern;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Repeats the 41 recorded exchanges in their order: status, headers that matter, body shapes. */
class RecordedExchangesTest {
  @TempDir Path root;
  private final List<String> differences = new ArrayList<>();
  private final Deque<String> ids = new ArrayDeque<>();
  private TestClient client;

  /** Holds the first job in its sampler until it has been interrupted. */
  private final CountDownLatch sampling = new CountDownLatch(1);

  @Test
  void each_exchange_is_answered_as_recorded() throws Exception {
    SimulatorSettings settings = SimulatorSettings.under(root);
    try (Simulator simulator =
            Simulator.start(settings, Clock.systemUTC(), step -> sampling.await());
        TestClient connected = TestClient.of(simulator)) {
      client = connected;
      Path video = root.resolve("input/walk.mp4");
      TestPattern.write(video, new FrameSize(192, 112), FrameRate.of(16), 60);
      List<JsonNode> exchanges = Recording.of("http_exchanges.jsonl").lines();
      assertThat(exchanges).hasSize(41);
      for (JsonNode exchange : exchanges) {
        compare(exchange, repeat(exchange));
      }
    }
    assertThat(differences).isEmpty();
  }

  private HttpResponse<byte[]> repeat(JsonNode exchange) throws Exception {
    String why = exchange.path("why").asString();
    JsonNode request = exchange.path("request");
    if (why.equals("accepted")) {
      return accepted();
    }
    if (request.has("multipart")) {
      return upload(why);
    }
    prepare(why);
    String path = renamed(request.path("path").asString());
    String[] headers = headers(request);
    return switch (request.path("method").asString()) {
      case "HEAD" -> client.head(path);
      case "GET" -> client.get(path, headers);
      default -> client.post(path, renamed(body(request)), headers);
    };
  }

  /** The recorded ids, in the order in which their jobs were accepted, stand for ours. */
  private static final List<String> RECORDED =
      List.of(
          "5d818e73-a5af-4a99-9fe7-3ae5d027024f",
          "e6d29003-1136-4fe2-a9d5-fe5a7d1b1235",
          "09d11320-d7f0-4b17-b4ac-d47704087b7b",
          "5fd9d66d-a1ff-4bb5-9df0-16faa7d69759");

  private String renamed(String text) {
    String renamed = text;
    int i = 0;
    for (String id : ids) {
      renamed = renamed.replace(RECORDED.get(i++), id);
    }
    return renamed;
  }

  private HttpResponse<byte[]> accepted() throws Exception {
    String id = UUID.randomUUID().toString();
    WanGraphs.Pair pair = WanGraphs.Pair.recorded("q" + ids.size());
    HttpResponse<byte[]> answer;
    if (ids.size() < 3) {
      answer = client.prompt(WanGraphs.high(pair), id);
    } else { // the job whose video is looked at afterwards
      WanGraphs.Pair video = WanGraphs.Pair.recorded("q1").from(0, 41, "q2");
      client.run(WanGraphs.high(video));
      answer = client.prompt(WanGraphs.low(video), id);
    }
    ids.add(id);
    return answer;
  }

  /** Waits until the server is where the recorded one was. */
  private void prepare(String why) throws Exception {
    List<String> jobs = List.copyOf(ids);
    switch (why) {
      case "queue length, one running and two pending" ->
          client.await(RecordedExchangesTest::isSampling);
      case "history: interrupted (graph cut)" -> {
        sampling.countDown();
        client.awaitEnd(jobs.get(0));
      }
      case "history: success, no UI output (graph cut)" -> client.awaitEnd(jobs.get(1));
      case "view: size first" -> client.awaitEnd(jobs.get(3));
      default -> {
        // the server is there already
      }
    }
  }

  private static boolean isSampling(TestClient.Heard heard) {
    return heard.is("executing")
        && heard.text().path("data").path("node").asString("").equals("54");
  }

  private HttpResponse<byte[]> upload(String why) throws Exception {
    String file = "name=\"image\"; filename=\"walk%20one.mp4\"";
    return switch (why) {
      case "upload: any type is stored; fields image (file walk one.mp4), subfolder=job 1" ->
          multipart(part(file, "first"), part("name=\"subfolder\"", "job 1"));
      case "upload: same name, other bytes, no overwrite: a new name" ->
          multipart(part(file, "second"), part("name=\"subfolder\"", "job 1"));
      case "upload: a subfolder that escapes" ->
          multipart(part(file, "third"), part("name=\"subfolder\"", "../../etc"));
      default -> multipart(part("name=\"subfolder\"", "job 1"));
    };
  }

  private static String part(String disposition, String content) {
    return "--b0\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  private HttpResponse<byte[]> multipart(String... parts) throws Exception {
    String body = String.join("", parts) + "--b0--\r\n";
    return client.post("/upload/image", body, "Content-Type", "multipart/form-data; boundary=b0");
  }

  private static String body(JsonNode request) {
    return request.has("body") ? request.path("body").asString() : request.path("json").toString();
  }

  private static String[] headers(JsonNode request) {
    List<String> headers = new ArrayList<>();
    request
        .path("headers")
        .forEachEntry((name, value) -> headers.addAll(List.of(name, value.asString())));
    return headers.toArray(String[]::new);
  }

  private void compare(JsonNode exchange, HttpResponse<byte[]> answer) {
    String why = exchange.path("why").asString();
    if (answer.statusCode() != exchange.path("status").asInt()) {
      differences.add(why + ": status " + answer.statusCode());
    }
    exchange
        .path("headers")
        .forEachEntry((name, value) -> header(why, name, value.asString(), answer));
    JsonNode recorded = exchange.path("body");
    if (recorded.isObject() || recorded.isArray()) {
      body(why, recorded, Json.read(answer.body()));
    } else if (recorded.asString().isEmpty() || recorded.asString().startsWith("500")) {
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(recorded.asString());
    } else {
      assertThat(answer.body()).hasSize(recorded.asString().length());
    }
  }

  private void header(String why, String name, String recorded, HttpResponse<byte[]> answer) {
    String found = answer.headers().firstValue(name).orElse("absent");
    boolean same =
        switch (name) {
          case "etag" -> found.matches("\"[0-9a-f]+-[0-9a-f]+\"");
          case "last-modified" -> found.matches("\\w{3}, \\d+ \\w{3} \\d{4} [\\d:]{8} GMT");
          case "content-range" ->
              found.replaceAll("/\\d+$", "").equals(recorded.replaceAll("/\\d+$", ""));
          case "content-length" ->
              recorded.equals("0") || recorded.equals("2") || recorded.equals("100")
                  ? found.equals(recorded)
                  : found.matches("\\d+");
          // A space after the semicolon means nothing.
          default -> found.replace("; ", ";").equals(recorded.replace("; ", ";"));
        };
    if (!same) {
      differences.add(why + ": " + name + " " + recorded + " was recorded, found " + found);
    }
  }

  private void body(String why, JsonNode recorded, JsonNode found) {
    switch (why) {
      // Classes, models and history ids are other ones here.
      case "object_info of one class" -> assertThat(found.isObject()).isTrue();
      case "model folders" -> assertThat(found.isArray()).isTrue();
      case "history: interrupted (graph cut)", "history: success, no UI output (graph cut)" ->
          add(why, recorded.iterator().next(), found.iterator().next());
      default -> add(why, recorded, found);
    }
  }

  private void add(String why, JsonNode recorded, JsonNode found) {
    ShapeComparison.differences(recorded, found)
        .forEach(difference -> differences.add(why + ": " + difference));
  }
}
