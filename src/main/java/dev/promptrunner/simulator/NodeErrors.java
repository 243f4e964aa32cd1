package dev.promptrunner.simulator;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The single errors of a node that fails validation, in ComfyUI's words and shapes. */
final class NodeErrors {
  /** Longer lists of choices are not quoted. */
  private static final int LONGEST_LIST = 20;

  private NodeErrors() {}

  static ObjectNode missing(InputSpec input) {
    return error("required_input_missing", "Required input is missing", input.name(), extra(input));
  }

  static ObjectNode badLink(InputSpec input, JsonNode received) {
    return error(
        "bad_linked_input",
        "Bad linked input, must be a length-2 list of [node_id, slot_index]",
        input.name(),
        received(input, received));
  }

  static ObjectNode mismatch(InputSpec input, JsonNode type, JsonNode link) {
    ObjectNode extra = configured(input);
    extra.set("received_type", type);
    extra.set("linked_node", link);
    return error(
        "return_type_mismatch",
        "Return type mismatch between linked nodes",
        "%s, received_type(%s) mismatch input_type(%s)"
            .formatted(input.name(), Python.str(type), Python.str(input.type())),
        extra);
  }

  static ObjectNode unconvertible(InputSpec input, JsonNode value, String why) {
    String type = input.type().asString();
    ObjectNode extra = received(input, value);
    extra.put("exception_message", why);
    return error(
        "invalid_input_type",
        "Failed to convert an input value to a " + type + " value",
        input.name() + ", " + Python.str(value) + ", " + why,
        extra);
  }

  static ObjectNode tooSmall(InputSpec input, JsonNode value) {
    String least = Python.str(input.options().path("min"));
    return error(
        "value_smaller_than_min",
        "Value " + Python.str(value) + " smaller than min of " + least,
        input.name(),
        received(input, value));
  }

  static ObjectNode tooBig(InputSpec input, JsonNode value) {
    String most = Python.str(input.options().path("max"));
    return error(
        "value_bigger_than_max",
        "Value " + Python.str(value) + " bigger than max of " + most,
        input.name(),
        received(input, value));
  }

  static ObjectNode notInList(InputSpec input, JsonNode value) {
    int length = input.choices().size();
    boolean isLong = length > LONGEST_LIST;
    String list = isLong ? "(list of length " + length + ")" : Python.str(input.choices());
    ObjectNode extra = received(input, value);
    if (isLong) {
      extra.putNull("input_config");
    }
    return error(
        "value_not_in_list",
        "Value not in list",
        "%s: '%s' not in %s".formatted(input.name(), Python.str(value), list),
        extra);
  }

  static ObjectNode custom(InputSpec input, String why) {
    return error(
        "custom_validation_failed",
        "Custom validation failed for node",
        input.name() + " - " + why,
        extra(input));
  }

  static ObjectNode thrown(PythonError thrown) {
    ObjectNode extra = Json.object().put("exception_type", thrown.type());
    extra.set("traceback", traceback());
    return error(
        "exception_during_validation",
        "Exception when validating node",
        thrown.getMessage(),
        extra);
  }

  static ObjectNode thrownWithin(PythonError thrown, InputSpec input, JsonNode link) {
    ObjectNode extra = configured(input);
    extra.put("exception_message", thrown.getMessage());
    extra.put("exception_type", thrown.type());
    extra.set("traceback", traceback());
    extra.set("linked_node", link);
    return error(
        "exception_during_inner_validation",
        "Exception when validating inner node",
        thrown.getMessage(),
        extra);
  }

  private static ObjectNode error(String type, String message, String details, ObjectNode extra) {
    ObjectNode error =
        Json.object().put("type", type).put("message", message).put("details", details);
    error.set("extra_info", extra);
    return error;
  }

  private static ObjectNode extra(InputSpec input) {
    return Json.object().put("input_name", input.name());
  }

  private static ObjectNode configured(InputSpec input) {
    ObjectNode extra = extra(input);
    extra.set("input_config", input.config());
    return extra;
  }

  private static ObjectNode received(InputSpec input, JsonNode value) {
    ObjectNode extra = configured(input);
    extra.set("received_value", value);
    return extra;
  }

  private static ArrayNode traceback() {
    return Json.array(List.of("  in the simulator's validation of inputs\n"));
  }
}
