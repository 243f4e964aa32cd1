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
   * From the command line as ComfyUI reads it: its relative paths lie below the folder it was
   * started in, which shows when the script's own path is relative too.
   *
   * @param told the base folder that the server tells otherwise; empty when it does not
   */
  static Folders of(List<String> argv, Optional<Path> told) {
    Optional<Path> start = startFolder(argv, told);
    Optional<Path> base =
        word(argv, "--base-directory")
            .map(word -> absolute(word).or(() -> told))
            .orElseGet(() -> scriptFolder(argv).or(() -> told));
    return new Folders(
        folder(argv, "--input-directory", start, base.map(root -> root.resolve("input"))),
        folder(argv, "--output-directory", start, base.map(root -> root.resolve("output"))),
        folder(argv, "--temp-directory", start, base).map(root -> root.resolve("temp")));
  }

  /** A folder that is named but cannot be placed is unknown: the usual one would be a wrong one. */
  private static Optional<Path> folder(
      List<String> argv, String flag, Optional<Path> start, Optional<Path> usual) {
    return word(argv, flag).map(word -> absolute(word).or(() -> below(start, word))).orElse(usual);
  }

  /** Both {@code --flag VALUE} and {@code --flag=VALUE}. */
  private static Optional<String> word(List<String> argv, String flag) {
    for (int i = 0; i < argv.size(); i++) {
      String word = argv.get(i);
      if (word.startsWith(flag + "=")) {
        return Optional.of(word.substring(flag.length() + 1));
      }
      if (word.equals(flag) && i + 1 < argv.size()) {
        return Optional.of(argv.get(i + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> below(Optional<Path> start, String word) {
    boolean foreign = word.indexOf('\\') >= 0 || word.indexOf(':') >= 0;
    try {
      return foreign ? Optional.empty() : start.map(folder -> folder.resolve(word).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty(); // a path of another system
    }
  }

  /** The base folder less the way from the start folder to the script in it. */
  private static Optional<Path> startFolder(List<String> argv, Optional<Path> told) {
    if (argv.isEmpty() || word(argv, "--base-directory").isPresent()) {
      return Optional.empty();
    }
    return relative(argv.getFirst()).flatMap(script -> told.flatMap(base -> less(base, script)));
  }

  private static Optional<Path> less(Path base, Path script) {
    Path way = script.getParent();
    if (way == null) {
      return Optional.of(base);
    }
    return base.endsWith(way)
        ? Optional.of(base.resolve("../".repeat(way.getNameCount())).normalize())
        : Optional.empty();
  }

  private static Optional<Path> relative(String text) {
    try {
      return Optional.of(Path.of(text)).filter(path -> !path.isAbsolute()).map(Path::normalize);
    } catch (InvalidPathException e) {
      return Optional.empty(); // a path of another system
    }
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
