package dev.promptrunner.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One client of a simulator: HTTP, and a socket that keeps all it hears in order. */
final class TestClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** A message heard: JSON, or a binary frame. */
  record Heard(JsonNode text, byte[] binary) {
    boolean isBinary() {
      return binary.length > 0;
    }

    /** The type of a text, or {@code binary 4}. */
    String kind() {
      return isBinary()
          ? "binary " + ByteBuffer.wrap(binary).getInt()
          : text.path("type").asString("");
    }

    boolean is(String type) {
      return kind().equals(type);
    }
  }

  final String id;
  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final List<Heard> heard = new ArrayList<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Ears socket;

  private TestClient(String url, String id, boolean features) throws InterruptedException {
    this.url = url;
    this.id = id;
    this.socket = new Ears(URI.create(url.replace("http", "ws") + "/ws?clientId=" + id));
    if (!socket.connectBlocking(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("not connected to " + url);
    }
    if (features) {
      String flags = "{\"type\":\"feature_flags\",\"data\":{\"supports_preview_metadata\":true}}";
      socket.send(flags);
      await(message -> message.is("feature_flags"));
    } else {
      await(message -> message.is("status"));
    }
  }

  /** Connected, with the metadata of previews negotiated. */
  static TestClient of(Simulator simulator) throws InterruptedException {
    return again(simulator, UUID.randomUUID().toString());
  }

  /** Connected under an id that another socket may have had. */
  static TestClient again(Simulator simulator, String id) throws InterruptedException {
    return new TestClient(simulator.url(), id, true);
  }

  /** Connected, without any negotiation. */
  static TestClient plain(Simulator simulator) throws InterruptedException {
    return new TestClient(simulator.url(), UUID.randomUUID().toString(), false);
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  HttpResponse<byte[]> head(String path) throws Exception {
    return send(request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  HttpResponse<byte[]> post(String path, String body, String... headers) throws Exception {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode json(String path) throws Exception {
    return Json.read(get(path).body());
  }

  /** Sends a prompt of this client; returns the answer whatever its status. */
  HttpResponse<byte[]> prompt(ObjectNode graph, String promptId) throws Exception {
    ObjectNode body = Json.object().put("client_id", id).put("prompt_id", promptId);
    body.set("prompt", graph);
    return post("/prompt", Json.text(body));
  }

  /** Sends a prompt and waits until the worker has let go of it; returns its history record. */
  JsonNode run(ObjectNode graph) throws Exception {
    String promptId = UUID.randomUUID().toString();
    HttpResponse<byte[]> answer = prompt(graph, promptId);
    if (answer.statusCode() != 200) {
      throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
    }
    awaitEnd(promptId);
    return json("/history/" + promptId).path(promptId);
  }

  void awaitEnd(String promptId) throws InterruptedException {
    await(
        message ->
            message.is("executing")
                && message.text().path("data").path("node").isNull()
                && message.text().path("data").path("prompt_id").asString("").equals(promptId));
  }

  /** Waits for a message, heard already or yet to come. */
  Heard await(Predicate<Heard> wanted) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    synchronized (heard) {
      while (true) {
        for (Heard message : heard) {
          if (wanted.test(message)) {
            return message;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          List<String> last = kinds().subList(Math.max(0, heard.size() - 40), heard.size());
          throw new AssertionError("not heard within " + LIMIT + "; heard last " + last);
        }
        heard.wait(left);
      }
    }
  }

  boolean awaitGone() throws InterruptedException {
    return gone.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  List<Heard> heard() {
    synchronized (heard) {
      return List.copyOf(heard);
    }
  }

  List<String> kinds() {
    return heard().stream().map(Heard::kind).toList();
  }

  void forget() {
    synchronized (heard) {
      heard.clear();
    }
  }

  @Override
  public void close() {
    socket.close();
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(20));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private void hear(Heard message) {
    synchronized (heard) {
      heard.add(message);
      heard.notifyAll();
    }
  }

  private final class Ears extends WebSocketClient {
    Ears(URI address) {
      super(address);
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
      // the first message says more
    }

    @Override
    public void onMessage(String text) {
      hear(new Heard(Json.read(text), new byte[0]));
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      hear(new Heard(Json.object(), copy));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      gone.countDown();
    }

    @Override
    public void onError(Exception e) {
      // what follows is the close
    }
  }
}
