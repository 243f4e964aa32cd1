package dev.promptrunner.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A job as a real ComfyUI 0.3.64 answered it.
 *
 * @param lines in order, see comfyui-fixtures
 */
record Recording(List<JsonNode> lines) {
  static Recording of(String name) {
    try (InputStream in = Recording.class.getResourceAsStream("/comfyui-fixtures/" + name)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Recording(text.lines().map(Json::read).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything the socket brought after the prompt was sent, in order. */
  List<JsonNode> events() {
    return lines.stream()
        .filter(line -> line.path("dir").asString().equals("ws"))
        .skip(2) // the greeting and the features
        .toList();
  }

  /** The answer to the last request of this form. */
  JsonNode response(String request) {
    return lines.stream()
        .filter(line -> line.path("req").asString("").equals(request))
        .reduce((first, last) -> last)
        .orElseThrow()
        .path("response");
  }

  /** The type of a text, or {@code binary 4}. */
  static String kind(JsonNode line) {
    return line.has("binary_type")
        ? "binary " + line.path("binary_type").asInt()
        : line.path("text").path("type").asString();
  }
}
