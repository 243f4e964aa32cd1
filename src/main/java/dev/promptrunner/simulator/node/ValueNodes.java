package dev.promptrunner.simulator.node;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Nodes that only make or hand on a value. */
final class ValueNodes {
  private ValueNodes() {}

  static NodeResult constant(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(inputs.get("value", JsonNode.class));
  }

  static NodeResult seed(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(inputs.get("seed", JsonNode.class));
  }

  static NodeResult divide(Inputs inputs, NodeContext context) throws NodeException {
    double divisor = inputs.decimal("divisor", 0);
    if (divisor == 0 || (int) divisor == 0) {
      throw new NodeException("ZeroDivisionError", "division by zero");
    }
    double quotient = inputs.decimal("float", 0) / divisor;
    return NodeResult.of(quotient, Math.floorDiv(inputs.integer("int", 0), (int) divisor));
  }

  static NodeResult pass(Inputs inputs, NodeContext context) throws NodeException {
    Object anything =
        Optional.ofNullable(inputs.values().get("anything"))
            .orElseThrow(() -> new NodeException("TypeError", "nothing to pass on"));
    return NodeResult.of(anything);
  }
}
