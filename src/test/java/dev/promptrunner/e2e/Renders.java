package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a server says it has rendered, by the name of what each job makes. */
public record Renders(List<Journal.Line> lines) {
  /** Reads a journal; nothing when it is not there yet. */
  public static Renders of(Path journal) {
    try {
      return new Renders(Journal.read(journal));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many journal lines are of this kind, such as {@code started}. */
  public long count(String event) {
    return lines.stream().filter(line -> line.event().equals(event)).count();
  }

  /** How often a job of this name was finished, for names that begin so. */
  Map<String, Integer> finished(String name) {
    return counted("success", name);
  }

  private Map<String, Integer> counted(String event, String name) {
    return lines.stream()
        .filter(line -> line.event().equals(event) && !line.outputs().isEmpty())
        .map(line -> line.outputs().getFirst())
        .map(output -> output.substring(output.lastIndexOf('/') + 1))
        .filter(label -> label.startsWith(name + "_"))
        .collect(Collectors.toMap(label -> label, _ -> 1, Integer::sum, TreeMap::new));
  }

  /** Asserts that every render and combine of this video was finished once. */
  void assertOnce(String name, int chunks) {
    assertThat(finished(name))
        .containsOnlyKeys(labels(name, chunks))
        .allSatisfy((_, n) -> assertThat(n).isOne());
  }

  /**
   * Asserts that nothing was finished twice and everything was begun. A server that is killed
   * between the last byte of a file and the line in its journal has finished a job without saying
   * so.
   */
  void assertNoneTwice(String name, int chunks) {
    assertThat(labels(name, chunks)).containsAll(finished(name).keySet());
    assertThat(finished(name)).allSatisfy((_, n) -> assertThat(n).isOne());
    assertThat(counted("started", name)).containsOnlyKeys(labels(name, chunks));
  }

  private static List<String> labels(String name, int chunks) {
    List<String> labels = new ArrayList<>();
    for (int chunk = 1; chunk <= chunks; chunk++) {
      labels.add("%s_job_%03d".formatted(name, 2 * chunk - 1));
      labels.add("%s_job_%03d".formatted(name, 2 * chunk));
      labels.add("%s_combined_%03d".formatted(name, chunk));
    }
    return labels;
  }

  /** Files below the folder whose names say that they are not whole. */
  public static List<Path> halfFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(Renders::isHalf).toList();
    }
  }

  private static boolean isHalf(Path file) {
    return file.toString().endsWith(".part") || file.toString().contains(".staging");
  }
}
