package dev.promptrunner.e2e;

import dev.promptrunner.testing.LoopbackServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Stands before a ComfyUI server and answers one job with a refusal of its own: a server whose
 * files changed after it was checked. No WebSocket passes it.
 */
final class RefusingProxy implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger jobs = new AtomicInteger();
  private final URI server;
  private final Refused refused;
  private final String refusal;
  private final LoopbackServer front;

  /** Which jobs are refused. */
  @FunctionalInterface
  interface Refused {
    /**
     * @param number of this {@code POST /prompt}, from 1
     */
    boolean test(int number, String body);
  }

  /**
   * @param refused which {@code POST /prompt} is refused, from 1
   * @param refusal the body of the answer 400
   */
  RefusingProxy(String server, int refused, String refusal) throws IOException {
    this(server, (number, _) -> number == refused, refusal);
  }

  RefusingProxy(String server, Refused refused, String refusal) throws IOException {
    this.server = URI.create(server);
    this.refused = refused;
    this.refusal = refusal;
    this.front = new LoopbackServer(this::handle);
  }

  String url() {
    return front.url().toString();
  }

  /** How many jobs came. */
  int sent() {
    return jobs.get();
  }

  private boolean handle(LoopbackServer.Request request, Socket socket) throws IOException {
    if (request.path().equals("/ws")) {
      LoopbackServer.json(socket, 404, "{}");
      return false;
    }
    boolean job = request.method().equals("POST") && request.path().equals("/prompt");
    if (job && refused.test(jobs.incrementAndGet(), text(request))) {
      LoopbackServer.json(socket, 400, refusal);
      return true;
    }
    pass(request, socket);
    return true;
  }

  private static String text(LoopbackServer.Request request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }

  private void pass(LoopbackServer.Request request, Socket socket) throws IOException {
    String query =
        request.query().entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    try {
      URI to =
          new URI(
              "http",
              null,
              server.getHost(),
              server.getPort(),
              request.path(),
              query.isEmpty() ? null : query,
              null);
      HttpRequest.Builder passed =
          HttpRequest.newBuilder(to)
              .method(request.method(), BodyPublishers.ofByteArray(request.body()));
      if (!request.header("content-type").isEmpty()) {
        passed.header("Content-Type", request.header("content-type"));
      }
      HttpResponse<byte[]> answer = client.send(passed.build(), BodyHandlers.ofByteArray());
      String type = answer.headers().firstValue("Content-Type").orElse("text/plain");
      LoopbackServer.answer(
          socket, answer.statusCode(), Map.of("Content-Type", type), answer.body());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    front.close();
  }
}
