package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds the nodes of one graph, as it would be sent, against what a server says of its classes. */
final class NodeCheck {
  private final Workflow workflow;
  private final ObjectInfo info;
  private final Map<String, Placed<Edit>> touched;
  private final Set<String> later;

  NodeCheck(Workflow workflow, ObjectInfo info, Map<String, Placed<Edit>> touched) {
    this(workflow, info, touched, Set.of());
  }

  /**
   * @param later inputs, as {@code node.input}, that get their value when the job is sent
   */
  NodeCheck(
      Workflow workflow, ObjectInfo info, Map<String, Placed<Edit>> touched, Set<String> later) {
    this.workflow = workflow;
    this.info = info;
    this.touched = touched;
    this.later = later;
  }

  List<Problem> problems(Node node) {
    Optional<NodeClass> nodeClass = info.nodeClass(node.classType());
    return nodeClass.isEmpty()
        ? List.of(unknownClass(node))
        : problems(node, nodeClass.orElseThrow());
  }

  /** A server runs only nodes that it calls output nodes. */
  Optional<Problem> targetProblem(String id, String where) {
    return workflow
        .node(id)
        .flatMap(node -> info.nodeClass(node.classType()))
        .filter(nodeClass -> !nodeClass.isOutput())
        .map(
            nodeClass ->
                new Problem(
                    where,
                    "a server runs nothing for this target, it is no output node",
                    id + " (" + nodeClass.name() + ")",
                    "name the node that saves or previews what it makes"));
  }

  private Problem unknownClass(Node node) {
    String install = "install the custom nodes that have it";
    return new Problem(
        where(node),
        "the server has no such node class",
        node.classType(),
        Nearest.to(node.classType(), info.names())
            .map(near -> install + ", or did you mean '" + near + "'?")
            .orElse(install));
  }

  private List<Problem> problems(Node node, NodeClass nodeClass) {
    List<Problem> problems = new ArrayList<>();
    for (InputSpec spec : nodeClass.inputs().values()) {
      Optional<Input> input = node.input(spec.name());
      if (input.isPresent()) {
        problem(node, spec, input.get()).ifPresent(problems::add);
      } else if (spec.need() == InputSpec.Need.REQUIRED && !isDynamic(spec)) {
        problems.add(missing(node, spec));
      }
    }
    unknownInputs(node, nodeClass).forEach(problems::add);
    return problems;
  }

  /** Inputs that unfold into several, with names of their own, in newer servers. */
  private static boolean isDynamic(InputSpec spec) {
    return spec.type().startsWith("COMFY_");
  }

  private Optional<Problem> problem(Node node, InputSpec spec, Input input) {
    return switch (input) {
      case Input.Link link -> new LinkCheck(workflow, info).problem(where(node), spec, link);
      case Input.Literal(var value) -> {
        Optional<Placed<Edit>> edit = edit(node, spec.name());
        yield later.contains(node.id() + "." + spec.name())
                || edit.filter(placed -> namesFile(placed.value())).isPresent()
            ? Optional.empty()
            : new ValueCheck(where(node), info, spec, place(node, edit)).problem(value);
      }
    };
  }

  private Problem missing(Node node, InputSpec spec) {
    Optional<Placed<Edit>> edit = edit(node, spec.name());
    String remedy =
        edit.map(placed -> "the recipe takes it away at " + placed.where() + ": leave that out")
            .orElse("connect it in the editor and export again");
    String type = spec.name() + " (" + spec.type() + ")";
    return new Problem(where(node), "a required input is missing", type, remedy);
  }

  /** A server ignores inputs that it does not know; one that an edit writes was meant to count. */
  private List<Problem> unknownInputs(Node node, NodeClass nodeClass) {
    return node.inputs().keySet().stream()
        .filter(name -> nodeClass.input(name).isEmpty())
        .flatMap(name -> edit(node, name).stream())
        .map(
            edit ->
                new Problem(
                    edit.where(),
                    "the server's " + nodeClass.name() + " has no such input",
                    edit.value().input(),
                    Nearest.hint(
                        edit.value().input(),
                        nodeClass.inputs().keySet(),
                        "it has " + String.join(", ", nodeClass.inputs().keySet()))))
        .toList();
  }

  private Optional<Placed<Edit>> edit(Node node, String input) {
    return Optional.ofNullable(touched.get(node.id() + "." + input));
  }

  private static boolean namesFile(Edit edit) {
    return switch (edit) {
      case Edit.Set set ->
          set.value().names().stream()
              .flatMap(name -> Variable.of(name).stream())
              .anyMatch(Variable::isFile);
      case Edit.Remove remove -> false;
      case Edit.Link link -> false;
    };
  }

  private String place(Node node, Optional<Placed<Edit>> edit) {
    return edit.map(Placed::where).orElse(workflow.name() + " at node " + node.id());
  }

  private String where(Node node) {
    return workflow.name() + ": " + node.label();
  }
}
