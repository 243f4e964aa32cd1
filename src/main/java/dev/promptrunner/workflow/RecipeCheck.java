package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what in a recipe does not fit its workflows, and what in them does not fit a server. */
public final class RecipeCheck {
  private RecipeCheck() {}

  /** Against the workflow files alone; {@link Recipe#read} has done this already. */
  public static List<Problem> offline(Recipe recipe) {
    List<Problem> unknown = VariableCheck.problems(recipe);
    Set<Problem> problems = new LinkedHashSet<>(unknown);
    for (Pass pass : Pass.values()) {
      for (boolean reference : references(pass)) {
        problems.addAll(new OfPass(recipe.pass(pass), pass, reference).problems(unknown.isEmpty()));
      }
    }
    return List.copyOf(problems);
  }

  /** Against a server: what would really be sent for each pass, with sample values. */
  public static List<Problem> online(Recipe recipe, ObjectInfo info) {
    List<Problem> problems = offline(recipe);
    return problems.isEmpty() ? OnlineCheck.problems(recipe, info) : problems;
  }

  /** With which references a pass can be sent. */
  static List<Boolean> references(Pass pass) {
    return pass.renders() ? List.of(false, true) : List.of(false);
  }

  /** One pass, with or without a reference. */
  private record OfPass(PassRecipe recipe, Pass pass, boolean reference) {
    List<Problem> problems(boolean variablesAreKnown) {
      List<Problem> problems = new ArrayList<>();
      if (variablesAreKnown) {
        Variables samples = Variables.samples(pass, reference);
        problems.addAll(recipe.problemsOfEdits(reference, samples));
      }
      problems.addAll(ofTargets());
      if (variablesAreKnown && problems.isEmpty() && !recipe.targets().isEmpty()) {
        problems.addAll(ofOutputs());
      }
      return problems;
    }

    private List<Problem> ofTargets() {
      Set<String> ids = recipe.workflow().nodes().keySet();
      return recipe.targets().stream()
          .filter(target -> !ids.contains(target.value()))
          .map(target -> missing("target", target, ids))
          .toList();
    }

    private List<Problem> ofOutputs() {
      PreparedWorkflow sent = recipe.prepare(reference, Variables.samples(pass, reference));
      Set<String> ids = sent.workflow().nodes().keySet();
      return recipe.outputs().stream()
          .map(output -> new Placed<>(output.value().node(), output.where()))
          .filter(output -> !ids.contains(output.value()))
          .map(output -> missing("output", output, ids))
          .toList();
    }

    private Problem missing(String role, Placed<String> node, Set<String> ids) {
      String what = "the " + role + " is no node that " + pass.key() + " sends";
      String remedy = Nearest.hint(node.value(), ids, "take the id from the exported workflow");
      return new Problem(node.where(), what, node.value(), remedy);
    }
  }
}
