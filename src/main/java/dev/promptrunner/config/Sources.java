package dev.promptrunner.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that settings are read from, so that a test can give its own world.
 *
 * @param flags by the setting's name, each with the values given, in order
 * @param environment all variables of the process
 * @param file the value of {@code --config}, when it was given
 * @param workingDirectory where {@code prompt-runner.yaml} is looked for
 * @param exists whether a folder is there, for defaults that depend on the machine
 */
public record Sources(
    Map<String, List<String>> flags,
    Map<String, String> environment,
    Optional<Path> file,
    Path workingDirectory,
    Predicate<Path> exists) {

  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  /** This process, with the flags that the command line gave. */
  public static Sources ofProcess(Map<String, List<String>> flags, Optional<Path> file) {
    return new Sources(flags, System.getenv(), file, Path.of(""), java.nio.file.Files::isDirectory);
  }
}
