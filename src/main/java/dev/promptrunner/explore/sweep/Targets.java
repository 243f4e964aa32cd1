package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Input;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.NodeClass;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which output nodes of a workflow are run. Pure. */
public final class Targets {
  private final Workflow workflow;
  private final Optional<ObjectInfo> info;

  /**
   * @param info what the server says of its classes; without it a node that nobody reads from is
   *     taken for an output
   */
  public Targets(Workflow workflow, Optional<ObjectInfo> info) {
    this.workflow = workflow;
    this.info = info;
  }

  /**
   * The nodes that were asked for, or all output nodes: without the previews, when others save
   * something.
   *
   * @param asked ids; empty when nobody asked
   * @param where the place that problems name
   */
  public Reading<List<String>> of(List<String> asked, String where) {
    List<Problem> problems = new ArrayList<>();
    for (String id : asked) {
      if (workflow.node(id).isEmpty()) {
        String remedy = "name output nodes of " + workflow.name();
        problems.add(
            new Problem(
                where,
                "targets names a node that the workflow does not have",
                id,
                Nearest.hint(id, workflow.nodes().keySet(), remedy)));
      }
    }
    if (!problems.isEmpty()) {
      return new Reading.Bad<>(problems);
    }
    return asked.isEmpty() ? usual() : new Reading.Good<>(List.copyOf(asked));
  }

  private Reading<List<String>> usual() {
    Set<String> read = new HashSet<>();
    workflow.nodes().values().forEach(node -> read.addAll(sources(node)));
    List<Node> outputs =
        workflow.nodes().values().stream().filter(node -> isOutput(node, read)).toList();
    List<Node> savers = outputs.stream().filter(Targets::saves).toList();
    List<String> ids = (savers.isEmpty() ? outputs : savers).stream().map(Node::id).toList();
    return ids.isEmpty()
        ? Reading.bad(
            new Problem(
                workflow.name(),
                "the workflow has no output node",
                "",
                "add one that saves something, such as SaveImage or SaveVideo, and export again"))
        : new Reading.Good<>(ids);
  }

  private static Set<String> sources(Node node) {
    Set<String> sources = new HashSet<>();
    node.inputs()
        .values()
        .forEach(
            input -> {
              if (input instanceof Input.Link link) {
                sources.add(link.node());
              }
            });
    return sources;
  }

  private boolean isOutput(Node node, Set<String> read) {
    Optional<NodeClass> known = info.flatMap(classes -> classes.nodeClass(node.classType()));
    return known.map(NodeClass::isOutput).orElseGet(() -> !read.contains(node.id()));
  }

  private static boolean saves(Node node) {
    return node.input("filename_prefix").isPresent() || node.classType().startsWith("Save");
  }
}
