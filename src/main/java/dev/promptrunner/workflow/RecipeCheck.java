package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what in a recipe does not fit its workflows, and what in them does not fit a server. */
public final class RecipeCheck {
  private RecipeCheck() {}

  /** Against the workflow files alone; {@link Recipe#read} has done this already. */
  public static List<Problem> offline(Recipe recipe) {
    Set<Problem> problems = new LinkedHashSet<>();
    for (Pass pass : Pass.values()) {
      for (boolean reference : references(pass)) {
        problems.addAll(new RecipeCheck.OfPass(recipe.pass(pass), pass, reference).problems());
      }
    }
    return List.copyOf(problems);
  }

  /** Against a server: what would really be sent for each pass, with sample values. */
  public static List<Problem> online(Recipe recipe, ObjectInfo info) {
    List<Problem> problems = offline(recipe);
    return problems.isEmpty() ? OnlineCheck.problems(recipe, info) : problems;
  }

  static List<Boolean> references(Pass pass) {
    return pass.renders() ? List.of(false, true) : List.of(false);
  }

  /** One pass, with or without a reference. */
  private record OfPass(PassRecipe recipe, Pass pass, boolean reference) {
    Collection<Problem> problems() {
      List<Problem> problems = new ArrayList<>(ofVariables());
      if (problems.isEmpty()) {
        Variables samples = Variables.samples(pass, reference);
        problems.addAll(recipe.problemsOfEdits(reference, samples));
      }
      problems.addAll(ofTargets());
      if (problems.isEmpty()) {
        problems.addAll(ofOutputs());
      }
      return problems;
    }

    private List<Problem> ofVariables() {
      Stream<Placed<String>> inEdits =
          recipe.edits(reference).stream()
              .flatMap(edit -> names(edit.value()).map(name -> new Placed<>(name, edit.where())));
      Stream<Placed<String>> inOutputs =
          recipe.outputs().stream()
              .flatMap(
                  output ->
                      output
                          .value()
                          .templates()
                          .flatMap(template -> template.names().stream())
                          .map(name -> new Placed<>(name, output.where())));
      return Stream.concat(inEdits, inOutputs).flatMap(this::ofVariable).toList();
    }

    private static Stream<String> names(Edit edit) {
      return switch (edit) {
        case Edit.Set set -> set.value().names().stream();
        case Edit.Remove remove -> Stream.of();
        case Edit.Link link -> Stream.of();
      };
    }

    private Stream<Problem> ofVariable(Placed<String> use) {
      List<String> known = Variable.keysIn(pass, reference);
      if (known.contains(use.value())) {
        return Stream.of();
      }
      String what =
          Variable.of(use.value()).isPresent()
              ? "this variable has no value in " + pass.key() + (reference ? "" : noReference())
              : "there is no such variable";
      String all = "variables here: " + String.join(", ", known);
      String remedy = Nearest.hint(use.value(), known, all);
      return Stream.of(new Problem(use.where(), what, "${" + use.value() + "}", remedy));
    }

    private String noReference() {
      return pass.renders() ? " without a reference" : "";
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
