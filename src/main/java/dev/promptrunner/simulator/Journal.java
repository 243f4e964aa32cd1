package dev.promptrunner.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file to which successive servers append one JSON line for every prompt that starts and every
 * one that ends, so that a test can count renders over restarts. A line is one write: a server that
 * is killed leaves whole lines or none.
 */
public final class Journal {
  private final Optional<Path> file;

  Journal(Optional<Path> file) {
    this.file = file;
  }

  /**
   * One line.
   *
   * @param event {@code started}, {@code success}, {@code error} or {@code interrupted}
   * @param prompt the prompt's id
   * @param targets the output nodes it ran
   * @param outputs the prefixes under which the targets save
   */
  public record Line(String event, String prompt, List<String> targets, List<String> outputs) {
    public Line {
      targets = List.copyOf(targets);
      outputs = List.copyOf(outputs);
    }
  }

  /** Everything written so far; nothing when the file does not exist yet. */
  public static List<Line> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Line> lines = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      JsonNode line = Json.read(text);
      lines.add(
          new Line(
              line.path("event").asString(),
              line.path("prompt").asString(),
              texts(line.path("targets")),
              texts(line.path("outputs"))));
    }
    return lines;
  }

  synchronized void write(String event, QueuedPrompt prompt) {
    if (file.isEmpty()) {
      return;
    }
    ObjectNode line = Json.object().put("event", event).put("prompt", prompt.id());
    line.set("targets", Json.array(prompt.targets()));
    line.set("outputs", Json.array(prompt.outputs()));
    byte[] bytes = (Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file.get(), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot append to the journal " + file.get(), e);
    }
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }
}
