package dev.promptrunner.simulator;

import io.javalin.http.Context;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Queue, history, interrupt and free. */
final class QueueApi {
  private final Engine engine;
  private final ModelSlot models;

  QueueApi(Engine engine, ModelSlot models) {
    this.engine = engine;
    this.models = models;
  }

  void remaining(Context http) {
    ObjectNode body = Json.object();
    body.putObject("exec_info").put("queue_remaining", engine.queue().remaining());
    Http.json(http, body);
  }

  void queue(Context http) {
    Http.json(http, engine.queue().snapshot());
  }

  void changeQueue(Context http) {
    ObjectNode body = Json.object(Json.read(http.bodyAsBytes()));
    if (Python.toBool(body.path("clear")).asBoolean()) {
      engine.queue().clear();
    }
    each(body, engine.queue()::delete);
    Http.empty(http, 200);
  }

  void history(Context http) {
    int limit = Http.query(http, "max_items").map(Integer::parseInt).orElse(-1);
    int offset = Http.query(http, "offset").map(Integer::parseInt).orElse(-1);
    Http.json(http, engine.queue().history(limit, offset));
  }

  void historyOf(Context http) {
    Http.json(http, engine.queue().history(http.pathParam("id")));
  }

  void changeHistory(Context http) {
    ObjectNode body = Json.object(Json.read(http.bodyAsBytes()));
    if (Python.toBool(body.path("clear")).asBoolean()) {
      engine.queue().forgetAll();
    }
    each(body, engine.queue()::forget);
    Http.empty(http, 200);
  }

  /** Always 200: the running job, or the one named if that is the one that runs. */
  void interrupt(Context http) {
    ObjectNode body = lenient(http.bodyAsBytes());
    if (!body.hasNonNull("prompt_id")
        || engine.queue().isRunning(body.path("prompt_id").asString(""))) {
      engine.interrupt().raise();
    }
    Http.empty(http, 200);
  }

  /** What is no JSON interrupts whatever runs; JSON that is no object is a server error. */
  private static ObjectNode lenient(byte[] text) {
    JsonNode body;
    try {
      body = Json.read(text);
    } catch (JacksonException _) {
      return Json.object();
    }
    return body.isMissingNode() ? Json.object() : Json.object(body);
  }

  void free(Context http) {
    ObjectNode body = Json.object(Json.read(http.bodyAsBytes()));
    models.free(
        Python.toBool(body.path("unload_models")).asBoolean(),
        Python.toBool(body.path("free_memory")).asBoolean());
    Http.empty(http, 200);
  }

  private static void each(JsonNode body, Consumer<String> change) {
    body.path("delete").forEach(id -> change.accept(Python.str(id)));
  }
}
