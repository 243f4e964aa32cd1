package dev.promptrunner.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What validation must know of a node class.
 *
 * @param inputs the required ones first
 * @param outputs the type of each output slot
 * @param output whether it is an output node: one for whose sake a prompt runs
 */
record NodeClass(String name, List<InputSpec> inputs, List<JsonNode> outputs, boolean output) {
  NodeClass {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static NodeClass of(String name, ObjectNode info) {
    List<InputSpec> inputs = new ArrayList<>();
    for (String group : List.of("required", "optional")) {
      info.path("input")
          .path(group)
          .forEachEntry(
              (input, pair) -> inputs.add(InputSpec.of(input, group.equals("required"), pair)));
    }
    return new NodeClass(
        name,
        inputs,
        info.path("output").valueStream().toList(),
        info.path("output_node").asBoolean(false));
  }

  Optional<InputSpec> input(String wanted) {
    return inputs.stream().filter(input -> input.name().equals(wanted)).findFirst();
  }
}
