package dev.promptrunner.simulator;

import dev.promptrunner.simulator.node.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The node classes of this server in the form of {@code GET /object_info}: those of the Wan
 * workflows and the common core ones. The choices of inputs that name an uploaded file are read
 * from the input folder each time, as ComfyUI does. Thread-safe.
 */
final class ObjectInfo {
  private static final List<String> VIDEOS = List.of(".mp4", ".webm", ".mov", ".mkv", ".gif");
  private static final List<String> IMAGES = List.of(".png", ".jpg", ".jpeg", ".webp", ".bmp");

  /** Inputs whose choices are the files of the input folder: class → input and endings. */
  private static final Map<String, FileInput> FILES =
      Map.of(
          "VHS_LoadVideo", new FileInput("video", VIDEOS),
          "LoadImage", new FileInput("image", IMAGES));

  /** An input that names a file of the input folder. */
  private record FileInput(String name, List<String> endings) {}

  private final ObjectNode classes;
  private final Folders folders;

  private ObjectInfo(ObjectNode classes, Folders folders) {
    this.classes = classes;
    this.folders = folders;
  }

  static ObjectInfo load(Folders folders, Optional<Path> override) throws IOException {
    ObjectNode classes = builtIn();
    if (override.isPresent()) {
      classes.setAll(Json.object(Json.read(Files.readAllBytes(override.get()))));
    }
    return new ObjectInfo(classes, folders);
  }

  private static ObjectNode builtIn() throws IOException {
    try (InputStream in = ObjectInfo.class.getResourceAsStream("object_info.json")) {
      return (ObjectNode) Json.read(Objects.requireNonNull(in, "object_info.json").readAllBytes());
    }
  }

  ObjectNode all() {
    ObjectNode all = Json.object();
    classes.propertyNames().forEach(name -> all.set(name, described(name)));
    return all;
  }

  /** One class under its name, or an empty object. */
  ObjectNode only(String name) {
    ObjectNode body = Json.object();
    if (classes.has(name)) {
      body.set(name, described(name));
    }
    return body;
  }

  Optional<NodeClass> find(String name) {
    return classes.has(name) ? Optional.of(NodeClass.of(name, described(name))) : Optional.empty();
  }

  /** Whether it is a class for whose sake prompts run. */
  boolean isOutput(String name) {
    return classes.path(name).path("output_node").asBoolean(false);
  }

  /** Whether the input of the class is valid when the file exists, wherever the list stops. */
  static boolean namesFile(String nodeClass, String input) {
    FileInput files = FILES.get(nodeClass);
    return files != null && files.name().equals(input);
  }

  private ObjectNode described(String name) {
    ObjectNode info = (ObjectNode) Objects.requireNonNull(classes.get(name));
    FileInput files = FILES.get(name);
    if (files == null) {
      return info;
    }
    ObjectNode copy = info.deepCopy();
    JsonNode pair = copy.path("input").path("required").path(files.name());
    if (pair instanceof ArrayNode array && array.path(0).isArray()) {
      array.set(0, Json.array(folders.inputFiles(files.endings())));
    }
    return copy;
  }
}
