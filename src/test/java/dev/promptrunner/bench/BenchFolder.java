package dev.promptrunner.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder of a benchmark's own under {@code target}, or where the variable BENCH_FOLDER says; gone
 * when it ends.
 */
record BenchFolder(Path path) implements AutoCloseable {
  static BenchFolder open(String name) throws IOException {
    Path parent = Path.of(System.getenv().getOrDefault("BENCH_FOLDER", "target"));
    return new BenchFolder(
        Files.createTempDirectory(Files.createDirectories(parent), name + "-bench-")
            .toAbsolutePath());
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
