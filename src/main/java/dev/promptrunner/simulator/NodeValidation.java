package dev.promptrunner.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The nodes of one prompt, each validated once, from the outputs upstream. */
final class NodeValidation {
  private final ObjectNode graph;
  private final ObjectInfo classes;
  private final InputValidator literals;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Set<String> entered = new HashSet<>();

  /** A bad node without errors of its own is bad because of what it needs. */
  private record Result(boolean good, List<ObjectNode> errors) {}

  NodeValidation(ObjectNode graph, ObjectInfo classes, InputValidator literals) {
    this.graph = graph;
    this.classes = classes;
    this.literals = literals;
  }

  /** Whether this output and all it needs can run. */
  boolean output(String id) {
    try {
      return node(id);
    } catch (PythonError e) {
      // A cycle exhausts Python's stack, and ComfyUI then reports no error at all.
      boolean cycle = e.type().equals("RecursionError");
      results.put(id, new Result(false, cycle ? List.of() : List.of(NodeErrors.thrown(e))));
      return false;
    }
  }

  List<ObjectNode> errors(String id) {
    Result result = results.get(id);
    return result == null ? List.of() : result.errors();
  }

  List<String> withErrors() {
    return results.entrySet().stream()
        .filter(entry -> !entry.getValue().errors().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean node(String id) throws PythonError {
    Result known = results.get(id);
    if (known != null) {
      return known.good();
    }
    if (!entered.add(id)) {
      throw new PythonError("RecursionError", "maximum recursion depth exceeded");
    }
    if (!(graph.path(id).path("inputs") instanceof ObjectNode inputs)) {
      throw new PythonError("KeyError", "'inputs'");
    }
    List<ObjectNode> errors = new ArrayList<>();
    boolean good = true;
    NodeClass type = type(id);
    for (InputSpec input : type.inputs()) {
      good &= input(type, input, inputs, errors);
    }
    results.put(id, new Result(good && errors.isEmpty(), List.copyOf(errors)));
    return good && errors.isEmpty();
  }

  private NodeClass type(String id) throws PythonError {
    if (!graph.has(id)) {
      throw new PythonError("KeyError", "'" + id + "'");
    }
    String name = Python.str(graph.path(id).path("class_type"));
    return classes.find(name).orElseThrow(() -> new PythonError("KeyError", "'" + name + "'"));
  }

  /** False when what the input links to is bad; the input's own errors go to the list. */
  private boolean input(NodeClass type, InputSpec input, ObjectNode inputs, List<ObjectNode> errors)
      throws PythonError {
    JsonNode value = inputs.path(input.name());
    if (value.isMissingNode()) {
      if (input.required()) {
        errors.add(NodeErrors.missing(input));
      }
      return true;
    }
    if (value.isArray()) {
      return link(input, value, errors);
    }
    literals.check(type, input, inputs).ifPresent(errors::add);
    return true;
  }

  private boolean link(InputSpec input, JsonNode link, List<ObjectNode> errors) throws PythonError {
    if (link.size() != 2) {
      errors.add(NodeErrors.badLink(input, link));
      return true;
    }
    if (!link.path(0).isString()) {
      throw new PythonError("KeyError", Python.str(link.path(0)));
    }
    String source = link.path(0).asString();
    JsonNode output = outputType(type(source), link.path(1));
    if (!input.accepts(output)) {
      errors.add(NodeErrors.mismatch(input, output, link));
      return true;
    }
    return upstream(source, input, link);
  }

  private static JsonNode outputType(NodeClass type, JsonNode slot) throws PythonError {
    if (!slot.isInt()) {
      throw new PythonError("TypeError", "tuple indices must be integers or slices, not str");
    }
    int index = slot.intValue() < 0 ? type.outputs().size() + slot.intValue() : slot.intValue();
    if (index < 0 || index >= type.outputs().size()) {
      throw new PythonError("IndexError", "tuple index out of range");
    }
    return type.outputs().get(index);
  }

  private boolean upstream(String source, InputSpec input, JsonNode link) throws PythonError {
    try {
      return node(source);
    } catch (PythonError e) {
      if (e.type().equals("RecursionError")) {
        throw e;
      }
      results.put(source, new Result(false, List.of(NodeErrors.thrownWithin(e, input, link))));
      return false;
    }
  }
}
