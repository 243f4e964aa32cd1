package dev.promptrunner.workflow;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What stands at one input of a node. */
public sealed interface Input {
  /**
   * The output of another node.
   *
   * @param node its id
   * @param slot which of its outputs, from 0
   */
  record Link(String node, int slot) implements Input {}

  /** A value written into the graph; not to be changed by who reads it. */
  record Literal(JsonNode value) implements Input {}

  /**
   * ComfyUI reads every list as a link; one that is none is a mistake.
   *
   * @return empty for a list that is not a node's id (text) and a slot (a whole number from 0)
   */
  static Optional<Input> of(JsonNode json) {
    if (!json.isArray()) {
      return Optional.of(new Literal(json));
    }
    boolean link = json.size() == 2 && json.get(0).isString() && json.get(1).canConvertToInt();
    return link && json.get(1).isIntegralNumber() && json.get(1).intValue() >= 0
        ? Optional.of(new Link(json.get(0).stringValue(), json.get(1).intValue()))
        : Optional.empty();
  }
}
