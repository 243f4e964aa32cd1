package dev.promptrunner.workflow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One node of a workflow.
 *
 * @param id such as {@code 54}, or {@code 309:298} inside a group
 * @param classType what it does, such as {@code WanVideoSampler}
 * @param title what the editor shows; its class when it has none
 * @param inputs in the file's order
 */
public record Node(String id, String classType, String title, Map<String, Input> inputs) {
  public Node {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  /** Of a checked graph; what is no input there is left out. */
  static Node of(String id, JsonNode json) {
    Map<String, Input> inputs = new LinkedHashMap<>();
    json.path("inputs")
        .properties()
        .forEach(
            entry -> Input.of(entry.getValue()).ifPresent(in -> inputs.put(entry.getKey(), in)));
    String classType = json.path("class_type").asString();
    return new Node(id, classType, json.path("_meta").path("title").asString(classType), inputs);
  }

  public Optional<Input> input(String name) {
    return Optional.ofNullable(inputs.get(name));
  }

  /** The ids of the nodes that this one reads from. */
  Stream<String> sources() {
    return inputs.values().stream()
        .flatMap(input -> input instanceof Input.Link link ? Stream.of(link.node()) : Stream.of());
  }

  /** For messages: {@code node 54 (WanVideoSampler)}. */
  String label() {
    return "node " + id + " (" + classType + ")";
  }
}
