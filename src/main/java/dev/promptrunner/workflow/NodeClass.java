package dev.promptrunner.workflow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One class of nodes on a server.
 *
 * @param name as {@code class_type} says it
 * @param inputs by name, required ones first
 * @param outputs the type of each slot; {@code COMBO} for one that is a list of choices
 * @param isOutput whether a prompt may be run for it
 */
public record NodeClass(
    String name, Map<String, InputSpec> inputs, List<String> outputs, boolean isOutput) {
  public NodeClass {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = List.copyOf(outputs);
  }

  static NodeClass of(String name, JsonNode json) {
    Map<String, InputSpec> inputs = new LinkedHashMap<>();
    for (InputSpec.Need need : InputSpec.Need.values()) {
      json.path("input")
          .path(need.key())
          .properties()
          .forEach(
              entry ->
                  inputs.putIfAbsent(
                      entry.getKey(), InputSpec.of(entry.getKey(), need, entry.getValue())));
    }
    List<String> outputs = new ArrayList<>();
    json.path("output")
        .values()
        .forEach(type -> outputs.add(type.isString() ? type.stringValue() : InputSpec.COMBO));
    return new NodeClass(name, inputs, outputs, json.path("output_node").asBoolean(false));
  }

  public Optional<InputSpec> input(String input) {
    return Optional.ofNullable(inputs.get(input));
  }
}
