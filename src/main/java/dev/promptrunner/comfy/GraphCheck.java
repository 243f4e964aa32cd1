package dev.promptrunner.comfy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What must hold before a graph may be sent at all. A node without {@code inputs} that nothing
 * reaches passes the server's own check and then ends its only worker thread: the server goes on
 * accepting jobs and never runs one again.
 */
final class GraphCheck {
  private GraphCheck() {}

  static Optional<Rejection> refuse(ObjectNode graph, List<String> targets) {
    List<Rejection.NodeProblem> problems = new ArrayList<>();
    for (Map.Entry<String, JsonNode> node : graph.properties()) {
      checkNode(node.getKey(), node.getValue(), problems);
    }
    for (String target : targets) {
      if (!graph.has(target)) {
        problems.add(
            problem(
                target,
                graph,
                "the target node is not in the workflow",
                "correct the recipe's targets"));
      }
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rejection("not_sent", "The workflow was not sent", problems));
  }

  private static void checkNode(String id, JsonNode node, List<Rejection.NodeProblem> problems) {
    if (!node.path("class_type").isString()) {
      problems.add(problem(id, node, "it has no class_type", Remedies.EXPORT_API));
    } else if (!node.path("inputs").isObject()) {
      problems.add(
          problem(id, node, "it has no inputs", "write \"inputs\": {} for a node without any"));
    }
  }

  private static Rejection.NodeProblem problem(
      String id, JsonNode node, String message, String remedy) {
    return new Rejection.NodeProblem(
        id,
        Json.string(node, "class_type"),
        Json.string(node.path("_meta"), "title"),
        "",
        "not_sent",
        message,
        "",
        new Rejection.Allowed.Unsaid(),
        Optional.empty(),
        remedy);
  }
}
