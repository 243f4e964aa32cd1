package dev.promptrunner.workflow;

import dev.promptrunner.workflow.PassRecipe.Output;
import dev.promptrunner.workflow.PassRecipe.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of a pass as a recipe writes them: {@code video: 340} for one that the server reports,
 * {@code latent: 365} with {@code folder} and {@code files} for one that it does not.
 */
final class OutputReader {
  private OutputReader() {}

  static List<Placed<Output>> outputs(Section section) {
    List<Placed<Output>> outputs = new ArrayList<>();
    for (Section entry : section.sections("outputs")) {
      output(entry).ifPresent(output -> outputs.add(new Placed<>(output, entry.where())));
      entry.refuseUnknownKeys();
    }
    if (outputs.isEmpty()) {
      section.problem("a pass must leave a file", "", "add outputs, such as - video: NODE");
    }
    return List.copyOf(outputs);
  }

  private static Optional<Output> output(Section entry) {
    if (!entry.isMapping()) {
      return Optional.empty();
    }
    Optional<Template> folder = entry.text("folder").map(Template::of);
    List<Template> files =
        entry.texts("files").stream().map(file -> Template.of(file.value())).toList();
    if (folder.isPresent() == files.isEmpty()) {
      entry.problem("folder and files belong together", "", "write both, or neither");
    }
    List<Output> found = new ArrayList<>();
    for (ExpectedOutput.Kind kind : ExpectedOutput.Kind.values()) {
      entry
          .text(kind.name().toLowerCase(Locale.ROOT))
          .ifPresent(node -> found.add(new Output(kind, node, folder, files)));
    }
    if (found.size() != 1) {
      entry.problem("an output is one of latent, video and image", "", "write video: NODE");
      return Optional.empty();
    }
    return Optional.of(found.getFirst());
  }
}
