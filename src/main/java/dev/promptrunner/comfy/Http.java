package dev.promptrunner.comfy;

import dev.promptrunner.base.FailureException;
import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.databind.JsonNode;

/** Questions to the server in its own JSON; every other outcome is a named failure. */
final class Http {
  private static final long USUAL = 64L * 1024 * 1024;
  private static final MediaType JSON = MediaType.get("application/json");

  private final ServerAddress address;
  private final Transport transport;
  private final Retries retries;
  private final Refusals refusals;
  private final long limit;

  Http(ServerAddress address, Transport transport, Retries retries, long limit) {
    this.address = address;
    this.transport = transport;
    this.retries = retries;
    this.refusals = new Refusals(address);
    this.limit = limit;
  }

  ServerAddress address() {
    return address;
  }

  Transport transport() {
    return transport;
  }

  Retries retries() {
    return retries;
  }

  Refusals refusals() {
    return refusals;
  }

  /** The JSON object or array at a route, asked for again while the failure may pass. */
  JsonNode get(String attempted, String... route) throws FailureException, InterruptedException {
    return retries.run(() -> getOnce(attempted, route));
  }

  /** The same with one attempt, for callers that poll. */
  JsonNode getOnce(String attempted, String... route)
      throws FailureException, InterruptedException {
    Answer answer = send(attempted, request(address.route(route)).build(), limit(route[0]));
    if (!answer.ok()) {
      throw refusals.of(attempted, answer);
    }
    return answer.json().orElseThrow(() -> refusals.of(attempted, answer));
  }

  /** A control message whose repetition does no harm; ComfyUI answers 200 with nothing. */
  void post(String attempted, JsonNode body, String route)
      throws FailureException, InterruptedException {
    Request request = request(address.route(route)).post(json(body)).build();
    retries.run(
        () -> {
          Answer answer = send(attempted, request);
          if (!answer.ok()) {
            throw refusals.of(attempted, answer);
          }
          return answer;
        });
  }

  /** Only the description of all nodes is ever large. */
  private long limit(String route) {
    return route.equals("object_info") ? limit : usual();
  }

  private long usual() {
    return Math.min(limit, USUAL);
  }

  Answer send(String attempted, Request request) throws FailureException, InterruptedException {
    return send(attempted, request, usual());
  }

  private Answer send(String attempted, Request request, long most)
      throws FailureException, InterruptedException {
    try {
      return transport.exchange(request, response -> Answer.of(response, most));
    } catch (IOException e) {
      throw refusals.of(attempted, e);
    }
  }

  /** Sends at most once; an exception leaves open whether the server acted on it. */
  Answer sendOnce(Request request) throws IOException, InterruptedException {
    return transport.exchangeOnce(request, response -> Answer.of(response, usual()));
  }

  /** A request with the server's authorisation; no Origin, which ComfyUI would check. */
  Request.Builder request(HttpUrl url) {
    Request.Builder request = new Request.Builder().url(url);
    address.authorization().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  static RequestBody json(JsonNode body) {
    return RequestBody.create(Json.MAPPER.writeValueAsBytes(body), JSON);
  }
}
