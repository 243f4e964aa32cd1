package dev.promptrunner.pod;

import dev.promptrunner.base.Secret;
import java.net.URI;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;

/**
 * RunPod's REST interface v2: {@code POST /v2/pods/{id}/action} and {@code GET /v2/pods/{id}}, the
 * key as bearer. Pod states are PROVISIONING, STARTING, RUNNING, EXITED, ERROR and TERMINATED.
 */
final class RunPodRest implements Way, StateReader {
  private final PodHttp http;
  private final String address;
  private final Secret key;
  private volatile boolean seen;

  RunPodRest(PodHttp http, URI root, String id, Secret key) {
    this.http = http;
    this.address = root.toString().replaceAll("/+$", "") + "/v2/pods/" + id;
    this.key = key;
  }

  @Override
  public String name() {
    return "REST v2";
  }

  @Override
  public Attempt end(EndAction action) {
    String body = "{\"action\":\"" + action.word() + "\"}";
    return Attempt.of(http.send(request(address + "/action").post(PodHttp.json(body))));
  }

  @Override
  public Reading read() {
    return switch (http.send(request(address).get())) {
      case Answer.Silence silence -> new Reading.Unclear(silence.words());
      case Answer.Reply reply when reply.ok() -> known(reply);
      case Answer.Reply reply when reply.code() == 404 ->
          new Reading.NotFound(seen, seen ? "gone" : reply.words());
      case Answer.Reply reply when reply.passing() -> new Reading.Unclear(reply.words());
      case Answer.Reply reply -> new Reading.Refused(reply.words());
    };
  }

  private Reading known(Answer.Reply reply) {
    JsonNode pod = reply.json();
    String status = pod.path("status").asString(pod.path("desiredStatus").asString(""));
    if (status.isEmpty()) {
      return new Reading.Unclear("an answer without a status: " + reply.words());
    }
    seen = true;
    return RunPodState.of(status, RunPodState.price(pod.path("cost"), pod.path("costPerHr")));
  }

  private Request.Builder request(String url) {
    return new Request.Builder().url(url).header("Authorization", "Bearer " + key.reveal());
  }
}
