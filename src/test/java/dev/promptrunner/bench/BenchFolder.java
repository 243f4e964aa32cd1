package dev.promptrunner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder of a benchmark's own under {@code target}, gone when it ends. */
record BenchFolder(Path path) implements AutoCloseable {
  static BenchFolder open(String name) throws IOException {
    Path target = Files.createDirectories(Path.of("target"));
    return new BenchFolder(Files.createTempDirectory(target, name + "-bench-").toAbsolutePath());
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
