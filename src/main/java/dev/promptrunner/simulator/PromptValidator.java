package dev.promptrunner.simulator;

import dev.promptrunner.simulator.node.Folders;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decides what of a prompt can run, with the answers of ComfyUI 0.3.64. Thread-safe. */
final class PromptValidator {
  private final ObjectInfo classes;
  private final InputValidator literals;

  PromptValidator(ObjectInfo classes, Folders folders) {
    this.classes = classes;
    this.literals = new InputValidator(folders);
  }

  /**
   * The verdict on a prompt.
   *
   * @param error the body's {@code error}; empty when at least one output is good
   * @param outputs the good output nodes, in the prompt's order
   * @param nodeErrors what is wrong with which node, also when some outputs are good
   */
  record Verdict(Optional<ObjectNode> error, List<String> outputs, ObjectNode nodeErrors) {
    Verdict {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * Checks the outputs wanted and all they need; literals in the graph are converted in place.
   *
   * @param wanted the only outputs to run; empty is every one
   */
  Verdict validate(ObjectNode graph, Optional<Set<String>> wanted) {
    Optional<ObjectNode> unknown = unknownClass(graph);
    if (unknown.isPresent()) {
      return new Verdict(unknown, List.of(), Json.object());
    }
    List<String> outputs =
        graph.propertyNames().stream()
            .filter(id -> classOf(graph, id).filter(NodeClass::output).isPresent())
            .filter(id -> wanted.isEmpty() || wanted.get().contains(id))
            .toList();
    if (outputs.isEmpty()) {
      ObjectNode error = error("prompt_no_outputs", "Prompt has no outputs", "");
      return new Verdict(Optional.of(error), List.of(), Json.object());
    }
    return outputs(graph, outputs);
  }

  static ObjectNode error(String type, String message, String details) {
    ObjectNode error =
        Json.object().put("type", type).put("message", message).put("details", details);
    error.putObject("extra_info");
    return error;
  }

  private Optional<ObjectNode> unknownClass(ObjectNode graph) {
    for (String id : graph.propertyNames()) {
      JsonNode type = graph.path(id).path("class_type");
      String details = "Node ID '#" + id + "'";
      if (type.isMissingNode()) {
        String message = "Cannot execute because a node is missing the class_type property.";
        return Optional.of(error("invalid_prompt", message, details));
      }
      if (classes.find(Python.str(type)).isEmpty()) {
        String message = "Cannot execute because node " + Python.str(type) + " does not exist.";
        return Optional.of(error("invalid_prompt", message, details));
      }
    }
    return Optional.empty();
  }

  private Optional<NodeClass> classOf(ObjectNode graph, String id) {
    return classes.find(Python.str(graph.path(id).path("class_type")));
  }

  private Verdict outputs(ObjectNode graph, List<String> outputs) {
    NodeValidation nodes = new NodeValidation(graph, classes, literals);
    List<String> good = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    ObjectNode nodeErrors = Json.object();
    for (String output : outputs) {
      if (nodes.output(output)) {
        good.add(output);
      } else {
        nodes
            .errors(output)
            .forEach(e -> complaints.add(e.path("message").asString() + ": " + details(e)));
        addErrors(nodeErrors, nodes, graph, output);
      }
    }
    if (!good.isEmpty()) {
      return new Verdict(Optional.empty(), good, nodeErrors);
    }
    String type = "prompt_outputs_failed_validation";
    ObjectNode error =
        error(type, "Prompt outputs failed validation", String.join("\n", complaints));
    return new Verdict(Optional.of(error), good, nodeErrors);
  }

  private static String details(ObjectNode error) {
    return error.path("details").asString();
  }

  /** Every node found bad so far is said to spoil this output, exactly as ComfyUI does. */
  private static void addErrors(
      ObjectNode nodeErrors, NodeValidation nodes, ObjectNode graph, String output) {
    Set<String> known = new HashSet<>(nodeErrors.propertyNames());
    for (String id : nodes.withErrors()) {
      if (!known.contains(id)) {
        ObjectNode entry = nodeErrors.putObject(id);
        entry.set("errors", Json.array().addAll(nodes.errors(id)));
        entry.putArray("dependent_outputs");
        entry.set("class_type", graph.path(id).path("class_type"));
      }
      ((ObjectNode) nodeErrors.path(id)).withArray("dependent_outputs").add(output);
    }
  }
}
