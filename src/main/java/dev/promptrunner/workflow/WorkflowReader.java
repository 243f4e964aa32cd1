package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a parsed file to be a graph in API form. A server does not: a node without {@code inputs}
 * stops it for good, a circle is refused without a reason.
 */
final class WorkflowReader {
  private static final String EXPORT_AGAIN =
      "export it from the ComfyUI editor with Workflow → Export (API)";

  static final LocatedTree.Form FORM =
      new LocatedTree.Form(
          Trees.JSON,
          "JSON",
          "the workflow",
          "put it there, or correct 'workflow' in the recipe",
          EXPORT_AGAIN);

  private final LocatedTree tree;
  private final ObjectNode graph;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private WorkflowReader(LocatedTree tree, ObjectNode graph) {
    this.tree = tree;
    this.graph = graph;
  }

  static Reading<Workflow> read(LocatedTree tree) {
    if (!(tree.root() instanceof ObjectNode graph) || graph.isEmpty()) {
      return Reading.bad(new Problem(tree.file(), "the workflow has no nodes", "", EXPORT_AGAIN));
    }
    if (graph.path("nodes").isArray()) {
      return Reading.bad(
          new Problem(
              tree.file(),
              "this is the editor's own format, which a server cannot run",
              graph.path("nodes").size() + " nodes and their places on the screen",
              "open it in the ComfyUI editor and save it with Workflow → Export (API)"));
    }
    return new WorkflowReader(tree, graph).read();
  }

  private Reading<Workflow> read() {
    graph.properties().forEach(entry -> readNode(entry.getKey(), entry.getValue()));
    if (problems.isEmpty()) {
      nodes.values().forEach(this::checkLinks);
    }
    if (problems.isEmpty()) {
      Cycle.in(nodes).ifPresent(cycle -> problems.add(Cycle.problem(tree.file(), cycle)));
    }
    return problems.isEmpty()
        ? new Reading.Good<>(new Workflow(tree.file(), graph, nodes))
        : new Reading.Bad<>(problems);
  }

  private void readNode(String id, JsonNode json) {
    String where = tree.where("/" + id);
    if (!json.path("class_type").isString()) {
      problems.add(new Problem(where, "node " + id + " has no class_type", "", EXPORT_AGAIN));
    } else if (!json.path("inputs").isObject()) {
      String what = "node " + id + " (" + json.path("class_type").stringValue() + ") has no inputs";
      problems.add(new Problem(where, what, "", EXPORT_AGAIN + ", or add \"inputs\": {}"));
    } else {
      nodes.put(id, Node.of(id, json));
      json.path("inputs")
          .properties()
          .forEach(entry -> checkInput(id, entry.getKey(), entry.getValue()));
    }
  }

  private void checkInput(String id, String name, JsonNode value) {
    if (Input.of(value).isEmpty()) {
      problems.add(
          new Problem(
              tree.where("/" + id + "/inputs/" + name),
              "input " + name + " of node " + id + " is a list but not a link",
              value.toString(),
              linkRemedy(value)));
    }
  }

  /** The usual slips: a number for the id, a slot counted backwards. */
  private static String linkRemedy(JsonNode value) {
    if (value.size() == 2 && value.get(0).isIntegralNumber() && value.get(1).isIntegralNumber()) {
      return "write the node's id as text: [\"" + value.get(0) + "\", " + value.get(1) + "]";
    }
    return "write [\"id of a node\", slot from 0], or wrap a list of values as"
        + " {\"__value__\": [...]}";
  }

  private void checkLinks(Node node) {
    node.inputs()
        .forEach(
            (name, input) -> {
              if (input instanceof Input.Link(String from, int slot) && !nodes.containsKey(from)) {
                problems.add(
                    new Problem(
                        tree.where("/" + node.id() + "/inputs/" + name),
                        "input " + name + " of " + node.label() + " leads to a missing node",
                        from,
                        Nearest.hint(from, nodes.keySet(), EXPORT_AGAIN)));
              }
            });
  }
}
