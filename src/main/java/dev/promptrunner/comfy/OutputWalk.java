package dev.promptrunner.comfy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Finds every file in what nodes report. Any node may use any key, so all keys and all lists are
 * walked; flags ({@code animated: [true]}) and plain texts are not files.
 */
final class OutputWalk {
  private OutputWalk() {}

  /**
   * The files of a history record.
   *
   * @param outputs by node id
   * @param meta tells which node of the workflow an expanded node stands for
   */
  static List<OutputFile> ofRecord(JsonNode outputs, JsonNode meta) {
    List<OutputFile> files = new ArrayList<>();
    for (Map.Entry<String, JsonNode> node : outputs.properties()) {
      String shown = Json.text(meta.path(node.getKey()), "display_node").orElse(node.getKey());
      files.addAll(ofNode(shown, node.getValue()));
    }
    return List.copyOf(files);
  }

  /** The files of one node's output; null, a list or a text has none. */
  static List<OutputFile> ofNode(String nodeId, JsonNode output) {
    List<OutputFile> files = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : output.properties()) {
      collect(nodeId, entry.getKey(), entry.getValue(), files);
    }
    return List.copyOf(files);
  }

  private static void collect(String nodeId, String key, JsonNode value, List<OutputFile> files) {
    if (value.isArray()) {
      value.forEach(element -> collect(nodeId, key, element, files));
    } else if (value.path("filename").isString()) {
      files.add(file(nodeId, key, value));
    }
  }

  private static OutputFile file(String nodeId, String key, JsonNode item) {
    Optional<String> fullPath = Json.text(item, "fullpath").filter(path -> !path.isEmpty());
    return new OutputFile(
        nodeId,
        key,
        Json.string(item, "filename"),
        Json.string(item, "subfolder"),
        Json.text(item, "type").orElse("output"),
        fullPath);
  }
}
