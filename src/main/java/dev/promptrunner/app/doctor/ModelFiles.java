package dev.promptrunner.app.doctor;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the recipe's models are whole, where their folder is on this machine. */
final class ModelFiles {
  private static final String NAME = "model files";

  private final List<Finding> findings = new ArrayList<>();
  private int whole;
  private int unknown;
  private long bytes;

  private ModelFiles() {}

  /** Headers of large files on a network volume take their time. */
  static Check check(ServerSite site, RecipeFiles files) {
    return Check.of(Area.MODELS, NAME, () -> looked(site, files)).within(Duration.ofSeconds(60));
  }

  private static List<Finding> looked(ServerSite site, RecipeFiles files)
      throws FailureException, InterruptedException {
    return ServerChecks.reached(site)
        ? look(site, files.names())
        : List.of(ServerChecks.notLookedAt(Area.MODELS, NAME, site.server().address()));
  }

  private static List<Finding> look(ServerSite site, Set<String> names)
      throws FailureException, InterruptedException {
    List<Path> folders;
    try {
      folders = site.server().modelFolders().values().stream().flatMap(Collection::stream).toList();
    } catch (FailureException e) {
      return List.of(
          Finding.warning(
              Area.MODELS,
              NAME,
              "not looked at: the server does not tell its folders (" + e.failure().found() + ")",
              "see by hand whether the files have the sizes that their source tells"));
    }
    return look(folders, names);
  }

  static List<Finding> look(List<Path> folders, Set<String> names) {
    ModelFiles files = new ModelFiles();
    for (String name : names) {
      Optional<Path> file = find(folders, name);
      if (file.isPresent()) {
        files.look(file.get());
      }
    }
    return files.told(names.size());
  }

  private static Optional<Path> find(List<Path> folders, String name) {
    try {
      return folders.stream()
          .map(folder -> folder.resolve(name))
          .filter(Files::isRegularFile)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty(); // a name of another system: its file is not here
    }
  }

  private void look(Path file) {
    try {
      switch (ModelFile.look(file)) {
        case ModelFile.State.Whole(long size) -> {
          whole++;
          bytes += size;
        }
        case ModelFile.State.Unknown _ -> unknown++;
        case ModelFile.State.Broken(String why) ->
            findings.add(
                Finding.problem(
                    Area.MODELS,
                    NAME,
                    file + ": " + why,
                    "download it again, and compare its size with the source's"));
      }
    } catch (IOException e) {
      findings.add(
          Finding.problem(
              Area.MODELS,
              NAME,
              file + " cannot be read (" + IoReason.of(e) + ")",
              "make it readable, or see whether the disk is well"));
    }
  }

  private List<Finding> told(int named) {
    int seen = whole + unknown + findings.size();
    String rest = unknown == 0 ? "" : "; %d in a format that does not tell".formatted(unknown);
    String elsewhere = seen == named ? "" : "; %d are not on this machine".formatted(named - seen);
    findings.add(
        Finding.ok(
            Area.MODELS,
            NAME,
            seen == 0
                ? "none of the recipe's %d is on this machine: not looked at".formatted(named)
                : "%d of %d are whole, %s%s%s"
                    .formatted(whole, named, new ByteSize(bytes), rest, elsewhere)));
    return List.copyOf(findings);
  }
}
