package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A recipe's YAML into values, every problem of it and of its workflows in one report. */
final class RecipeReader {
  static final LocatedTree.Form FORM =
      LocatedTree.Form.yaml("the recipe", "check the path, or leave --recipe out");

  private final Path file;
  private final LocatedTree tree;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<Pass, PassRecipe> passes = new EnumMap<>(Pass.class);

  private RecipeReader(Path file, LocatedTree tree) {
    this.file = file;
    this.tree = tree;
  }

  static Reading<Recipe> read(Path file) {
    return LocatedTree.read(file, FORM).then(tree -> new RecipeReader(file, tree).read());
  }

  private Reading<Recipe> read() {
    if (tree.root().isEmpty()) {
      return Reading.bad(
          new Problem(
              tree.file(),
              "the recipe is empty",
              "",
              "start from a copy of workflows/wan22-vace.yaml"));
    }
    Section root = Section.root(tree, "the recipe", problems);
    String name = root.requiredText("name");
    String description = root.text("description").orElse("");
    Numbers numbers = NumbersReader.numbers(root);
    readPasses(root.section("render"), root, Pass.HIGH, Pass.LOW);
    readPasses(root.section("combine"), root, Pass.COMBINE_FIRST, Pass.COMBINE_NEXT);
    root.refuseUnknownKeys();
    if (passes.size() == Pass.values().length) {
      Recipe recipe = new Recipe(file, name, description, numbers, passes, tree.root());
      problems.addAll(RecipeCheck.offline(recipe));
      if (problems.isEmpty()) {
        return new Reading.Good<>(recipe);
      }
    }
    return new Reading.Bad<>(problems.stream().distinct().toList());
  }

  /** Two passes share a workflow and the edits that both need. */
  private void readPasses(Section shared, Section root, Pass... both) {
    Optional<Workflow> workflow = workflow(shared);
    List<Placed<Edit>> edits = EditReader.edits(shared, "edits");
    List<Placed<Edit>> with =
        both[0].renders() ? EditReader.edits(shared, "with_reference") : List.of();
    List<Placed<Edit>> without =
        both[0].renders() ? EditReader.edits(shared, "without_reference") : List.of();
    shared.refuseUnknownKeys();
    for (Pass pass : both) {
      Section own = root.section(pass.key());
      List<Placed<Edit>> all =
          Stream.concat(edits.stream(), EditReader.edits(own, "edits").stream()).toList();
      List<Placed<String>> targets = own.texts("targets");
      List<Placed<PassRecipe.Output>> outputs = OutputReader.outputs(own);
      Optional<String> loads = own.text("loads");
      own.refuseUnknownKeys();
      if (targets.isEmpty()) {
        own.problem(pass.key() + " names no targets", "", "add targets: [id of an output node]");
      }
      workflow.ifPresent(
          graph ->
              passes.put(pass, new PassRecipe(graph, all, with, without, targets, outputs, loads)));
    }
  }

  private Optional<Workflow> workflow(Section shared) {
    String name = shared.requiredText("workflow");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    return switch (Workflow.read(file.resolveSibling(name))) {
      case Reading.Good<Workflow>(Workflow workflow) -> Optional.of(workflow);
      case Reading.Bad<Workflow>(List<Problem> found) -> {
        problems.addAll(found);
        yield Optional.empty();
      }
    };
  }
}
