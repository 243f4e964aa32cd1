package dev.promptrunner.config;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings file: where it is, and what it says. */
final class ConfigFile {
  static final String NAME = "prompt-runner.yaml";
  static final String VARIABLE = "PROMPT_RUNNER_CONFIG";
  private static final long LARGEST = 100_000;

  private ConfigFile() {}

  /** The entries of the file; none when there is no file and nobody asked for one. */
  static List<FileEntry> read(Sources sources, List<Problem> problems) {
    Optional<Path> named = named(sources);
    Path file = sources.workingDirectory().resolve(named.orElse(Path.of(NAME)));
    if (Files.isRegularFile(file)) {
      return read(file, named.map(Path::toString).orElse(NAME), problems);
    }
    named.ifPresent(path -> problems.add(missing(sources, path)));
    return List.of();
  }

  private static Optional<Path> named(Sources sources) {
    String variable = sources.environment().getOrDefault(VARIABLE, "").strip();
    return sources
        .file()
        .or(() -> variable.isEmpty() ? Optional.empty() : Optional.of(Path.of(variable)));
  }

  private static Problem missing(Sources sources, Path path) {
    return new Problem(
        sources.file().isPresent() ? "--config" : VARIABLE,
        "there is no such settings file",
        path.toString(),
        "give the path of a YAML file, or leave it out");
  }

  private static List<FileEntry> read(Path file, String shown, List<Problem> problems) {
    try {
      if (Files.size(file) > LARGEST) {
        problems.add(
            new Problem(
                shown,
                "too large for a settings file",
                Files.size(file) + " bytes",
                "give a YAML file of at most 100 kB"));
        return List.of();
      }
      return new ArrayList<>(new YamlReader(shown, problems).entries(Files.readString(file)));
    } catch (IOException e) {
      problems.add(
          new Problem(
              shown,
              "the settings file cannot be read (" + e.getMessage() + ")",
              "",
              "make it a readable file of UTF-8 text"));
      return List.of();
    }
  }
}
