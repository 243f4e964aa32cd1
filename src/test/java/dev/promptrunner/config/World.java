package dev.promptrunner.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small world of flags, variables, folders and a settings file for tests. */
final class World {
  private final Path folder;
  private final Map<String, List<String>> flags = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private final Set<Path> folders = new HashSet<>();
  private Optional<Path> file = Optional.empty();

  World(Path folder) {
    this.folder = folder;
  }

  World flag(String name, String... values) {
    flags.put(name, List.of(values));
    return this;
  }

  World variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  World exists(String path) {
    folders.add(Path.of(path));
    return this;
  }

  World config(String path) {
    file = Optional.of(Path.of(path));
    return this;
  }

  World file(String... lines) {
    return write("prompt-runner.yaml", lines);
  }

  World write(String name, String... lines) {
    try {
      Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Resolved resolve() throws ConfigException {
    return Resolver.resolve(new Sources(flags, environment, file, folder, folders::contains));
  }

  /** The problems as people read them. */
  List<String> problems() {
    try {
      resolve();
      return List.of();
    } catch (ConfigException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }
}
