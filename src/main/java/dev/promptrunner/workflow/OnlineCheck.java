package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a server would refuse of what is sent for each pass. The same problem of several passes is
 * told once, with the passes. One use, one thread.
 */
final class OnlineCheck {
  private final Recipe recipe;
  private final ObjectInfo info;

  /** Each problem, still without its passes, and the passes that have it. */
  private final Map<Problem, Set<Pass>> found = new LinkedHashMap<>();

  private OnlineCheck(Recipe recipe, ObjectInfo info) {
    this.recipe = recipe;
    this.info = info;
  }

  static List<Problem> problems(Recipe recipe, ObjectInfo info) {
    OnlineCheck check = new OnlineCheck(recipe, info);
    for (Pass pass : Pass.values()) {
      RecipeCheck.references(pass).forEach(reference -> check.check(pass, reference));
    }
    return check.found.entrySet().stream().map(OnlineCheck::told).toList();
  }

  private void check(Pass pass, boolean reference) {
    PassRecipe rules = recipe.pass(pass);
    Variables samples = Variables.samples(pass, reference);
    PreparedWorkflow sent = rules.prepare(reference, samples);
    NodeCheck nodes = new NodeCheck(sent.workflow(), info, touched(rules.edits(reference)));
    sent.workflow().nodes().values().stream()
        .flatMap(node -> nodes.problems(node).stream())
        .forEach(problem -> add(problem, pass));
    for (Placed<String> target : rules.targets()) {
      nodes.targetProblem(target.value(), target.where()).ifPresent(problem -> add(problem, pass));
    }
  }

  /** The last edit of each input, as {@code node.input}. */
  private static Map<String, Placed<Edit>> touched(List<Placed<Edit>> edits) {
    return edits.stream()
        .collect(
            Collectors.toMap(
                edit -> edit.value().node() + "." + edit.value().input(),
                edit -> edit,
                (first, second) -> second));
  }

  private void add(Problem problem, Pass pass) {
    found.computeIfAbsent(problem, any -> new LinkedHashSet<>()).add(pass);
  }

  private static Problem told(Map.Entry<Problem, Set<Pass>> entry) {
    Problem problem = entry.getKey();
    String passes = entry.getValue().stream().map(Pass::key).collect(Collectors.joining(", "));
    String where = problem.where() + " [" + passes + "]";
    return new Problem(where, problem.what(), problem.found(), problem.remedy());
  }
}
