package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what a server would refuse of a workflow that is run as it is. */
public final class WorkflowCheck {
  private WorkflowCheck() {}

  /**
   * Node classes, required inputs and values that the server does not have, of what the targets
   * need.
   *
   * @param later inputs, as {@code node.input}, that get their value when the job is sent
   */
  public static List<Problem> online(
      Workflow workflow, List<String> targets, ObjectInfo info, Set<String> later) {
    Workflow sent = workflow.closure(targets);
    NodeCheck nodes = new NodeCheck(sent, info, Map.of(), later);
    List<Problem> problems = new ArrayList<>();
    sent.nodes().values().forEach(node -> problems.addAll(nodes.problems(node)));
    targets.forEach(
        target -> nodes.targetProblem(target, workflow.name()).ifPresent(problems::add));
    return problems;
  }
}
