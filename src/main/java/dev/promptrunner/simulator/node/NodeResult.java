package dev.promptrunner.simulator.node;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a node made.
 *
 * @param values one for each output slot
 * @param shown what goes to the client as the node's output, such as {@code images}
 */
public record NodeResult(List<Object> values, Optional<ObjectNode> shown) {
  public NodeResult {
    values = List.copyOf(values);
  }

  static NodeResult of(Object... values) {
    return new NodeResult(List.of(values), Optional.empty());
  }

  static NodeResult shown(ObjectNode shown, Object... values) {
    return new NodeResult(List.of(values), Optional.of(shown));
  }
}
