package dev.promptrunner.app.doctor;

import dev.promptrunner.pod.ProcessRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine that is looked at.
 *
 * @param root where {@code proc}, {@code sys} and {@code etc} lie: {@code /}, or a test's folder
 * @param programs runs what the machine has
 * @param environment all variables of the process
 * @param cores that Java may use
 */
public record Machine(
    Path root, ProcessRunner programs, Map<String, String> environment, int cores) {
  private static final Duration PROGRAM = Duration.ofSeconds(8);

  public Machine {
    environment = Map.copyOf(environment);
  }

  /** The text of a file below the root; empty when there is none that can be read. */
  Optional<String> text(String path) {
    try {
      return Optional.of(Files.readString(root.resolve(path)).strip());
    } catch (IOException _) {
      return Optional.empty(); // the kernel offers it or not; each caller says what it means
    }
  }

  boolean has(String path) {
    return Files.exists(root.resolve(path));
  }

  /** What a program wrote; empty when this machine does not have it. */
  Optional<ProcessRunner.Result> run(String... command) throws InterruptedException {
    try {
      return Optional.of(programs.run(List.of(command), PROGRAM));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** The value after a key in a file of lines such as {@code MemTotal: 123 kB}. */
  Optional<String> value(String path, String key) {
    return text(path).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(line.contains("=") ? '=' : ':') + 1).strip())
        .findFirst();
  }
}
