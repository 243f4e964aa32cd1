package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A graph while it is being edited: a copy of its own. One use, one thread. */
final class GraphEditor {
  private final ObjectNode graph;
  private boolean linked;

  GraphEditor(ObjectNode graph) {
    this.graph = graph.deepCopy();
  }

  /**
   * Changes the graph, or leaves it and says why it cannot.
   *
   * @param where the place that the problem names
   * @throws IllegalArgumentException when the edit needs a variable that has no value
   */
  Optional<Problem> apply(Edit edit, Variables variables, String where) {
    Optional<Problem> missing = missing(edit, where);
    if (missing.isPresent()) {
      return missing;
    }
    ObjectNode inputs = inputs(edit.node());
    switch (edit) {
      case Edit.Remove(var _, String input) -> inputs.remove(input);
      case Edit.Set(var _, String input, Template value) ->
          value.resolve(variables).ifPresent(json -> inputs.set(input, asValue(json)));
      case Edit.Link(var _, String input, String from, int slot) -> {
        inputs.set(input, Trees.NODES.arrayNode().add(from).add(slot));
        linked = true;
      }
    }
    return Optional.empty();
  }

  /** The edited graph; bad when a new link closed a circle. */
  Reading<Workflow> finish(String name) {
    Map<String, Node> nodes = new LinkedHashMap<>();
    graph
        .properties()
        .forEach(entry -> nodes.put(entry.getKey(), Node.of(entry.getKey(), entry.getValue())));
    Optional<List<String>> cycle = linked ? Cycle.in(nodes) : Optional.empty();
    return cycle.isPresent()
        ? Reading.bad(Cycle.problem(name, cycle.get()))
        : new Reading.Good<>(new Workflow(name, graph, nodes));
  }

  private Optional<Problem> missing(Edit edit, String where) {
    if (!graph.has(edit.node())) {
      return Optional.of(missingNode(edit.node(), where));
    }
    if (!inputs(edit.node()).has(edit.input())) {
      return Optional.of(missingInput(edit, where));
    }
    return edit instanceof Edit.Link link && !graph.has(link.from())
        ? Optional.of(missingNode(link.from(), where))
        : Optional.empty();
  }

  private Problem missingNode(String id, String where) {
    return new Problem(
        where,
        "the workflow has no such node",
        id,
        Nearest.hint(id, graph.propertyNames(), "take the id from the exported workflow"));
  }

  private Problem missingInput(Edit edit, String where) {
    List<String> inputs = List.copyOf(inputs(edit.node()).propertyNames());
    String known = inputs.isEmpty() ? "it has none" : "it has " + String.join(", ", inputs);
    return new Problem(
        where,
        Node.of(edit.node(), graph.path(edit.node())).label() + " has no such input",
        edit.input(),
        Nearest.hint(edit.input(), inputs, known));
  }

  private ObjectNode inputs(String node) {
    return (ObjectNode) graph.path(node).path("inputs");
  }

  /** A server takes a bare list for a link, so a list of values is wrapped. */
  private static JsonNode asValue(JsonNode json) {
    return json instanceof ArrayNode array
        ? Trees.NODES.objectNode().set("__value__", array)
        : json;
  }
}
