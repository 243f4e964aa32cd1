package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Workflows of many kinds, each with a table of what is right for its literals. */
final class ExampleWorkflows {
  private static final Path FOLDER = Path.of("src/test/resources/workflows-explore");

  /**
   * What a person would say of one literal.
   *
   * @param range as {@code min..max}, either may be missing; {@code -} when it has none
   * @param name {@code -} when it does not matter
   */
  record Row(String node, String field, String type, String range, String name) {
    String path() {
      return Place.path(node, field);
    }
  }

  private ExampleWorkflows() {}

  static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Workflow workflow(String name) {
    return Workflow.read(FOLDER.resolve(name + ".json")).orThrow();
  }

  static List<Row> table(String name) {
    try {
      return Files.readAllLines(FOLDER.resolve(name + ".tsv")).stream()
          .skip(1)
          .map(line -> line.split("\t"))
          .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Parameters parameters(String name) {
    return Parameters.of(workflow(name), Optional.empty());
  }

  /** What a real server answered. */
  static ObjectInfo server() {
    try (InputStream in =
        ExampleWorkflows.class.getResourceAsStream("/comfyui-fixtures/object_info.json")) {
      return ObjectInfo.parse("object_info.json", Objects.requireNonNull(in).readAllBytes())
          .orThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
