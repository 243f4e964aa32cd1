package dev.promptrunner.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * A provider's interface on loopback. Each route ({@code POST /v2/pods/p1/action}) has a script of
 * answers; its last answer is repeated. An unscripted route answers 501.
 */
public final class FakeProvider implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final Map<String, Deque<MockResponse>> scripts = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final List<RecordedRequest> requests = new ArrayList<>();

  /** Starts on a free port. */
  public FakeProvider() throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Sets a route's script, instead of the one it had. */
  public FakeProvider on(String route, MockResponse... answers) {
    scripts.put(route, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  public static MockResponse reply(int code, String body) {
    return new MockResponse.Builder().code(code).body(body).build();
  }

  public static MockResponse reply(int code, String body, String header, String value) {
    return new MockResponse.Builder().code(code).body(body).addHeader(header, value).build();
  }

  /** Takes the request and never answers. */
  public static MockResponse silence() {
    return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
  }

  private synchronized MockResponse answer(RecordedRequest request) {
    String route = request.getMethod() + " " + request.getUrl().encodedPath();
    calls.add(route);
    requests.add(request);
    Deque<MockResponse> script = scripts.get(route);
    if (script == null) {
      return reply(501, "no script for " + route);
    }
    return script.size() > 1 ? script.remove() : script.element();
  }

  /** Every request in order, as a route. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** The first request of that route. */
  public synchronized RecordedRequest request(String route) {
    return requests.get(calls.indexOf(route));
  }

  public synchronized long count(String route) {
    return calls.stream().filter(route::equals).count();
  }

  @Override
  public void close() {
    server.close();
  }
}
