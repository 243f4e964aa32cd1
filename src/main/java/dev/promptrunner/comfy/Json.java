package dev.promptrunner.comfy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as ComfyUI writes it: Python's bare {@code NaN} and {@code Infinity} are numbers, integers
 * keep all their digits (a seed goes up to 2^64−1).
 */
final class Json {
  private static final int LONGEST_STRING = 256 * 1024 * 1024;

  /**
   * Each becomes an object of some ten bytes up to a hundred; the largest servers describe their
   * nodes in a fifth of it.
   */
  private static final long MOST_TOKENS = 5_000_000;

  static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(LONGEST_STRING)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The field's text; numbers and flags as they print; empty when absent, null or a container. */
  static Optional<String> text(JsonNode node, String field) {
    return text(node.path(field));
  }

  static Optional<String> text(JsonNode value) {
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asString(""))
        : Optional.empty();
  }

  /** The field's text, or an empty string. */
  static String string(JsonNode node, String field) {
    return text(node, field).orElse("");
  }

  /** The field's elements as text, leaving out what is not text or a number. */
  static List<String> strings(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      text(element).ifPresent(texts::add);
    }
    return List.copyOf(texts);
  }
}
