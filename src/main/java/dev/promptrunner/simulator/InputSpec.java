package dev.promptrunner.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One input of a node class, as {@code /object_info} describes it.
 *
 * @param type a name such as INT or IMAGE, or the array of the choices
 * @param options min, max, default and the like
 */
record InputSpec(String name, boolean required, JsonNode type, ObjectNode options) {
  static InputSpec of(String name, boolean required, JsonNode pair) {
    ObjectNode options = pair.path(1) instanceof ObjectNode given ? given : Json.object();
    return new InputSpec(name, required, pair.path(0), options);
  }

  /** The pair that errors quote as {@code input_config}. */
  ArrayNode config() {
    return Json.array().add(type).add(options);
  }

  boolean isChoice() {
    return type.isArray() || "COMBO".equals(type.asString(""));
  }

  JsonNode choices() {
    return type.isArray() ? type : options.path("options");
  }

  /** Whether an output of this type may be linked here; types may be comma-separated lists. */
  boolean accepts(JsonNode output) {
    if (type.isArray() || output.isArray()) {
      return (type.isArray() && output.isArray()) || isAny(type) || isAny(output);
    }
    if (isAny(type) || isAny(output)) {
      return true;
    }
    for (String received : output.asString().split(",")) {
      for (String wanted : type.asString().split(",")) {
        if (received.strip().equals(wanted.strip())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAny(JsonNode type) {
    return "*".equals(type.asString(""));
  }
}
