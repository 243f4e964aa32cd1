package dev.promptrunner.pod;

import dev.promptrunner.base.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;

/**
 * RunPod's GraphQL interface, which answers until early 2027. The key stands in the address: this
 * class never puts the address into a text.
 */
final class RunPodGraphQl implements Way, StateReader {
  private final PodHttp http;
  private final HttpUrl address;
  private final String id;
  private volatile boolean seen;

  /**
   * @param id letters, digits, dashes and underscores only: it is written into the query
   */
  RunPodGraphQl(PodHttp http, URI root, String id, Secret key) {
    this.http = http;
    this.address =
        Objects.requireNonNull(HttpUrl.get(root))
            .newBuilder()
            .addPathSegment("graphql")
            .addQueryParameter("api_key", key.reveal())
            .build();
    this.id = id;
  }

  @Override
  public String name() {
    return "GraphQL";
  }

  @Override
  public Attempt end(EndAction action) {
    String mutation =
        switch (action) {
          case STOP -> "mutation { podStop(input: {podId: \"%s\"}) { id desiredStatus } }";
          case TERMINATE -> "mutation { podTerminate(input: {podId: \"%s\"}) }";
        };
    Answer answer = ask(mutation);
    if (answer instanceof Answer.Reply reply && reply.ok()) {
      return errors(reply).map(RunPodGraphQl::refusal).orElse(new Attempt.Accepted(reply.words()));
    }
    return Attempt.of(answer);
  }

  @Override
  public Reading read() {
    return switch (ask("query { pod(input: {podId: \"%s\"}) { id desiredStatus costPerHr } }")) {
      case Answer.Silence silence -> new Reading.Unclear(silence.words());
      case Answer.Reply reply when reply.ok() -> known(reply);
      case Answer.Reply reply when reply.passing() -> new Reading.Unclear(reply.words());
      case Answer.Reply reply -> new Reading.Refused(reply.words());
    };
  }

  private Reading known(Answer.Reply reply) {
    JsonNode pod = reply.json().path("data").path("pod");
    if (pod.isObject()) {
      seen = true;
      return RunPodState.of(
          pod.path("desiredStatus").asString("without a status"),
          RunPodState.price(pod.path("costPerHr")));
    }
    return errors(reply)
        .<Reading>map(Reading.Refused::new)
        .orElse(new Reading.NotFound(seen, seen ? "gone" : reply.words()));
  }

  private static Attempt refusal(String words) {
    boolean missing = words.toLowerCase(Locale.ROOT).contains("not found");
    return missing ? new Attempt.NotFound(words) : new Attempt.Refused(words);
  }

  /** GraphQL answers 200 to a failed mutation and tells the failure in {@code errors}. */
  private static Optional<String> errors(Answer.Reply reply) {
    JsonNode errors = reply.json().path("errors");
    return errors.isArray() && !errors.isEmpty() ? Optional.of(reply.words()) : Optional.empty();
  }

  private Answer ask(String query) {
    String body = Answer.JSON.createObjectNode().put("query", query.formatted(id)).toString();
    return http.send(new Request.Builder().url(address).post(PodHttp.json(body)));
  }
}
