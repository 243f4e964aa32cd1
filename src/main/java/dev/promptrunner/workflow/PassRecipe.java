package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one pass is made of a workflow.
 *
 * @param workflow as it was exported
 * @param edits for this pass, in order
 * @param withReference further edits when there is a reference
 * @param withoutReference further edits when there is none
 * @param targets the output nodes to run
 * @param outputs what comes of it
 * @param loads the name of the model that must be loaded; passes of one name need no swap
 */
record PassRecipe(
    Workflow workflow,
    List<Placed<Edit>> edits,
    List<Placed<Edit>> withReference,
    List<Placed<Edit>> withoutReference,
    List<Placed<String>> targets,
    List<Placed<Output>> outputs,
    Optional<String> loads) {

  /**
   * Something of the recipe and the line where it stands.
   *
   * @param where {@code file:line}
   */
  record Placed<T>(T value, String where) {}

  /**
   * An output before its variables have values.
   *
   * @param folder empty when the server reports the file
   */
  record Output(
      ExpectedOutput.Kind kind, String node, Optional<Template> folder, List<Template> files) {
    ExpectedOutput resolve(Variables variables) {
      if (folder.isEmpty()) {
        return new ExpectedOutput.Reported(kind, node);
      }
      List<String> names = files.stream().map(file -> file.text(variables)).toList();
      return new ExpectedOutput.Written(kind, node, folder.get().text(variables), names);
    }

    Stream<Template> templates() {
      return Stream.concat(folder.stream(), files.stream());
    }
  }

  List<Placed<Edit>> edits(boolean reference) {
    return Stream.concat(edits.stream(), (reference ? withReference : withoutReference).stream())
        .toList();
  }

  PreparedWorkflow prepare(boolean reference, Variables variables) {
    List<Edit> plain = edits(reference).stream().map(Placed::value).toList();
    List<String> ids = targets.stream().map(Placed::value).toList();
    return new PreparedWorkflow(
        workflow.apply(plain, variables).orThrow().closure(ids),
        ids,
        outputs.stream().map(output -> output.value().resolve(variables)).toList());
  }

  /** The edits' problems, each at its own line of the recipe. */
  List<Problem> problemsOfEdits(boolean reference, Variables variables) {
    GraphEditor editor = new GraphEditor(workflow.json());
    List<Problem> problems = new ArrayList<>();
    for (Placed<Edit> edit : edits(reference)) {
      editor.apply(edit.value(), variables, edit.where()).ifPresent(problems::add);
    }
    problems.addAll(editor.finish(workflow.name()).problems());
    return problems;
  }
}
