package dev.promptrunner.simulator;

import io.javalin.http.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /prompt}: validates, numbers, queues. */
final class PromptApi {
  private final Engine engine;
  private final PromptValidator validator;
  private final AtomicInteger counter = new AtomicInteger();

  PromptApi(Engine engine) {
    this.engine = engine;
    this.validator = new PromptValidator(engine.classes(), engine.folders());
  }

  void post(Context http) {
    int request = engine.tally().received();
    if (engine.settings().faults().at(Fault.Kind.REFUSE, request).isPresent()) {
      engine.tally().rejected();
      Http.trouble(http);
      return;
    }
    boolean accepted = false;
    try {
      accepted = answer(http, Json.read(http.bodyAsBytes()));
    } finally {
      if (!accepted) {
        engine.tally().rejected();
      }
    }
  }

  private boolean answer(Context http, JsonNode body) {
    JsonNode number = number(body);
    if (!body.has("prompt")) {
      String message = "No prompt provided";
      refuse(http, PromptValidator.error("no_prompt", message, message), Json.object());
      return false;
    }
    ObjectNode graph = graph(body.path("prompt"));
    PromptValidator.Verdict verdict = validator.validate(graph, targets(body));
    if (verdict.error().isPresent()) {
      refuse(http, verdict.error().get(), verdict.nodeErrors());
      return false;
    }
    QueuedPrompt prompt = new QueuedPrompt(number, id(body), graph, extra(body), verdict.outputs());
    if (!engine.queue().put(prompt)) {
      Http.trouble(http);
      return false;
    }
    ObjectNode answer = Json.object().put("prompt_id", prompt.id());
    answer.set("number", number);
    answer.set("node_errors", verdict.nodeErrors());
    Http.json(http, answer);
    return true;
  }

  /** An empty list or text is a graph without nodes, as Python goes through it. */
  private static ObjectNode graph(JsonNode prompt) {
    boolean empty =
        (prompt.isArray() && prompt.isEmpty())
            || (prompt.isString() && prompt.stringValue().isEmpty());
    return empty ? Json.object() : Json.object(prompt).deepCopy();
  }

  private static void refuse(Context http, ObjectNode error, ObjectNode nodeErrors) {
    ObjectNode body = Json.object();
    body.set("error", error);
    body.set("node_errors", nodeErrors);
    http.status(400);
    Http.json(http, body);
  }

  /** The client's own number as a float, or the next of the counter, which every request moves. */
  private JsonNode number(JsonNode body) {
    if (body.has("number")) {
      return Python.toFloat(body.path("number"))
          .orElseThrow(() -> new IllegalArgumentException("number: " + body.path("number")));
    }
    int next = counter.getAndIncrement();
    boolean front = Python.toBool(body.path("front")).asBoolean();
    return front ? IntNode.valueOf(-next) : IntNode.valueOf(next);
  }

  private static Optional<Set<String>> targets(JsonNode body) {
    if (!(body.path("partial_execution_targets") instanceof ArrayNode targets)) {
      return Optional.empty();
    }
    Set<String> ids = new HashSet<>();
    targets.forEach(target -> ids.add(Python.str(target)));
    return Optional.of(ids);
  }

  /** Whatever the client sent, as Python shows it; null becomes "None". */
  private static String id(JsonNode body) {
    return body.has("prompt_id")
        ? Python.str(body.path("prompt_id"))
        : UUID.randomUUID().toString();
  }

  private static ObjectNode extra(JsonNode body) {
    ObjectNode extra =
        body.path("extra_data") instanceof ObjectNode given ? given.deepCopy() : Json.object();
    if (body.hasNonNull("client_id")) {
      extra.set("client_id", body.path("client_id"));
    }
    // Keys of paid services never reach the history.
    extra.remove(List.of("auth_token_comfy_org", "api_key_comfy_org"));
    return extra;
  }
}
