package dev.promptrunner.simulator;

import io.javalin.http.Context;
import java.util.List;
import java.util.function.IntSupplier;
import tools.jackson.databind.node.ObjectNode;

/** What the server is: its versions, classes, folders. */
final class FactsApi {
  private static final List<String> MODEL_FOLDERS =
      List.of(
          "checkpoints",
          "configs",
          "loras",
          "vae",
          "text_encoders",
          "diffusion_models",
          "clip_vision",
          "embeddings",
          "controlnet",
          "upscale_models");

  private final Engine engine;
  private final IntSupplier port;

  FactsApi(Engine engine, IntSupplier port) {
    this.engine = engine;
    this.port = port;
  }

  /** The arguments are those that a real server with these folders would have been given. */
  void systemStats(Context http) {
    Runtime memory = Runtime.getRuntime();
    ObjectNode body = Json.object();
    ObjectNode system = body.putObject("system").put("os", "posix");
    system.put("ram_total", memory.maxMemory()).put("ram_free", free(memory));
    system.put("comfyui_version", engine.settings().version());
    system.put("required_frontend_version", "1.27.10").putNull("installed_templates_version");
    system.put("required_templates_version", "0.1.95");
    system.put("python_version", "none: Java " + Runtime.version());
    system.put("pytorch_version", "none").put("embedded_python", false);
    system.set("argv", Json.array(arguments()));
    body.putArray("devices")
        .addObject()
        .put("name", "CPU (Prompt Runner simulator)")
        .put("type", "cpu")
        .putNull("index")
        .put("vram_total", memory.maxMemory())
        .put("vram_free", free(memory))
        .put("torch_vram_total", memory.maxMemory())
        .put("torch_vram_free", free(memory));
    Http.json(http, body);
  }

  private static long free(Runtime memory) {
    return memory.maxMemory() - memory.totalMemory() + memory.freeMemory();
  }

  private List<String> arguments() {
    return List.of(
        "main.py",
        "--listen",
        engine.settings().host(),
        "--port",
        Integer.toString(port.getAsInt()),
        "--input-directory",
        engine.folders().input().toString(),
        "--output-directory",
        engine.folders().output().toString(),
        "--temp-directory",
        String.valueOf(engine.folders().temp().getParent()),
        "--cpu");
  }

  void features(Context http) {
    Http.json(http, Sockets.features());
  }

  void objectInfo(Context http) {
    Http.json(http, engine.classes().all());
  }

  void objectInfoOf(Context http) {
    Http.json(http, engine.classes().only(http.pathParam("name")));
  }

  void folderPaths(Context http) {
    ObjectNode body = Json.object();
    body.set("input", Json.array(List.of(engine.folders().input().toString())));
    body.set("output", Json.array(List.of(engine.folders().output().toString())));
    body.set("temp", Json.array(List.of(engine.folders().temp().toString())));
    Http.json(http, body);
  }

  void models(Context http) {
    Http.json(http, Json.array(MODEL_FOLDERS));
  }

  void modelsOf(Context http) {
    if (MODEL_FOLDERS.contains(http.pathParam("folder"))) {
      Http.json(http, Json.array());
    } else {
      Http.empty(http, 404);
    }
  }

  /** There are no files of models, embeddings or web extensions. */
  void none(Context http) {
    Http.json(http, Json.array());
  }
}
