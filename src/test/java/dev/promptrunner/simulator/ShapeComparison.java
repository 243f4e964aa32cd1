package dev.promptrunner.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON field by field by shape: the same keys, and the same type of every value, where 1
 * and 1.0 are different types. Values of keys that a client relies on must be equal.
 */
final class ShapeComparison {
  /** Keys whose values are part of the protocol, not of the single job. */
  private static final Set<String> EXACT =
      Set.of(
          "node",
          "display_node",
          "state",
          "node_id",
          "display_node_id",
          "real_node_id",
          "node_type",
          "class_type",
          "status_str",
          "completed",
          "exception_type",
          "dependent_outputs",
          "queue_remaining",
          "message",
          "supports_preview_metadata",
          "max_upload_size",
          "format",
          "frame_rate",
          "linked_node",
          "value",
          "max",
          "input_name");

  private final List<String> differences = new ArrayList<>();

  private ShapeComparison() {}

  /** What differs, each with its path; empty when the shapes are the same. */
  static List<String> differences(JsonNode expected, JsonNode actual) {
    ShapeComparison comparison = new ShapeComparison();
    comparison.compare("", expected, actual);
    return comparison.differences;
  }

  private void compare(String path, JsonNode expected, JsonNode actual) {
    if (expected.isString() && "<graph>".equals(expected.asString())) {
      return; // the recording was cut here
    }
    if (!type(expected).equals(type(actual))) {
      differences.add(path + ": " + type(expected) + " was recorded, found " + shown(actual));
    } else if (expected.isObject()) {
      objects(path, expected, actual);
    } else if (expected.isArray()) {
      arrays(path, expected, actual);
    }
  }

  private void objects(String path, JsonNode expected, JsonNode actual) {
    Set<String> keys = new TreeSet<>(expected.propertyNames());
    Set<String> found = new TreeSet<>(actual.propertyNames());
    if (!keys.equals(found)) {
      differences.add(path + ": keys " + keys + " were recorded, found " + found);
      return;
    }
    for (String key : keys) {
      String at = path + "/" + key;
      compare(at, expected.path(key), actual.path(key));
      if (EXACT.contains(key) && !expected.path(key).equals(actual.path(key))) {
        differences.add(
            at
                + ": "
                + shown(expected.path(key))
                + " was recorded, found "
                + shown(actual.path(key)));
      }
    }
  }

  /** Lists of one length are compared item by item; of others every item must have a model. */
  private void arrays(String path, JsonNode expected, JsonNode actual) {
    if (expected.size() == actual.size()) {
      for (int i = 0; i < expected.size(); i++) {
        compare(path + "/" + i, expected.path(i), actual.path(i));
      }
      return;
    }
    for (JsonNode item : actual) {
      boolean known = expected.valueStream().anyMatch(model -> differences(model, item).isEmpty());
      if (!known && !expected.isEmpty()) {
        differences.add(path + ": nothing like it was recorded: " + shown(item));
      }
    }
    if (expected.isEmpty() || actual.isEmpty()) {
      differences.add(
          path + ": " + expected.size() + " items were recorded, found " + actual.size());
    }
  }

  private static String type(JsonNode node) {
    if (node.isNumber()) {
      return node.isIntegralNumber() ? "integer" : "float";
    }
    return node.getNodeType().toString();
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
