package dev.promptrunner.workflow;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds variables that a recipe uses where they have no value. A line that several passes share is
 * told once, with the passes. One use, one thread.
 */
final class VariableCheck {
  /** Where a variable has no value. */
  private record Context(Pass pass, boolean reference) {}

  private final Map<Placed<String>, Set<Context>> missing = new LinkedHashMap<>();

  private VariableCheck() {}

  static List<Problem> problems(Recipe recipe) {
    VariableCheck check = new VariableCheck();
    for (Pass pass : Pass.values()) {
      for (boolean reference : RecipeCheck.references(pass)) {
        check.check(recipe.pass(pass), new Context(pass, reference));
      }
    }
    return check.missing.entrySet().stream()
        .map(entry -> problem(entry.getKey(), entry.getValue()))
        .toList();
  }

  private void check(PassRecipe recipe, Context context) {
    Set<String> known = Set.copyOf(Variable.keysIn(context.pass, context.reference));
    uses(recipe, context.reference)
        .filter(use -> !known.contains(use.value()))
        .forEach(use -> missing.computeIfAbsent(use, any -> new LinkedHashSet<>()).add(context));
  }

  private static Stream<Placed<String>> uses(PassRecipe recipe, boolean reference) {
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
    return Stream.concat(inEdits, inOutputs);
  }

  private static Stream<String> names(Edit edit) {
    return switch (edit) {
      case Edit.Set set -> set.value().names().stream();
      case Edit.Remove remove -> Stream.of();
      case Edit.Link link -> Stream.of();
    };
  }

  private static Problem problem(Placed<String> use, Set<Context> contexts) {
    Context first = contexts.iterator().next();
    List<String> known = Variable.keysIn(first.pass, first.reference);
    String what =
        Variable.of(use.value()).isPresent()
            ? "this variable has no value in " + label(contexts)
            : "there is no such variable";
    String remedy = Nearest.hint(use.value(), known, "variables here: " + String.join(", ", known));
    return new Problem(use.where(), what, "${" + use.value() + "}", remedy);
  }

  private static String label(Set<Context> contexts) {
    List<String> passes = contexts.stream().map(c -> c.pass.key()).distinct().toList();
    boolean onlyWithout =
        contexts.stream().allMatch(context -> context.pass.renders() && !context.reference);
    return String.join(", ", passes) + (onlyWithout ? " without a reference" : "");
  }
}
