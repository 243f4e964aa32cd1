package dev.promptrunner.comfy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a server reads and writes, as paths of the server's own machine. Whether they mean the same
 * files here is another question: see {@link ComfyServer#sharedFolders()}.
 */
public record Folders(Optional<Path> input, Optional<Path> output, Optional<Path> temp) {
  static final Folders UNKNOWN = new Folders(Optional.empty(), Optional.empty(), Optional.empty());

  /** The folder of a file's type. */
  public Optional<Path> of(String type) {
    return switch (type) {
      case "input" -> input;
      case "output" -> output;
      case "temp" -> temp;
      default -> Optional.empty();
    };
  }

  /** The file's path, if its folder is known and its name stays within it. */
  public Optional<Path> locate(OutputFile file) {
    if (file.problem().isPresent()) {
      return Optional.empty();
    }
    return of(file.type())
        .map(Path::normalize)
        .flatMap(root -> within(root, root.resolve(file.subfolder()).resolve(file.filename())));
  }

  private static Optional<Path> within(Path root, Path file) {
    Path plain = file.normalize();
    return plain.startsWith(root) && !plain.equals(root) ? Optional.of(plain) : Optional.empty();
  }

  /**
   * From the command line, with the base folder that it names or that its script lies in.
   *
   * @param fallback the base folder when the command line does not tell it
   */
  static Folders of(List<String> argv, Optional<Path> fallback) {
    Optional<Path> base =
        flag(argv, "--base-directory").or(() -> scriptFolder(argv)).or(() -> fallback);
    return new Folders(
        flag(argv, "--input-directory").or(() -> base.map(root -> root.resolve("input"))),
        flag(argv, "--output-directory").or(() -> base.map(root -> root.resolve("output"))),
        flag(argv, "--temp-directory").or(() -> base).map(root -> root.resolve("temp")));
  }

  /** Both {@code --flag VALUE} and {@code --flag=VALUE}; relative paths lie we know not where. */
  private static Optional<Path> flag(List<String> argv, String name) {
    for (int i = 0; i < argv.size(); i++) {
      String word = argv.get(i);
      if (word.startsWith(name + "=")) {
        return absolute(word.substring(name.length() + 1));
      }
      if (word.equals(name) && i + 1 < argv.size()) {
        return absolute(argv.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> scriptFolder(List<String> argv) {
    return argv.stream().findFirst().flatMap(Folders::absolute).flatMap(Folders::parent);
  }

  private static Optional<Path> parent(Path path) {
    return Optional.ofNullable(path.getParent());
  }

  static Optional<Path> absolute(String text) {
    try {
      return Optional.of(Path.of(text)).filter(Path::isAbsolute).map(Path::normalize);
    } catch (InvalidPathException e) {
      return Optional.empty(); // a path of another system
    }
  }
}
