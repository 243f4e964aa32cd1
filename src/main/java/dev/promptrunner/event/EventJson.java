package dev.promptrunner.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as one line of JSON each, for {@code --json}, the store and anyone who reads along: {@code
 * "type"} stands first, then the event's own fields in snake_case; ids are strings, instants
 * ISO-8601 in UTC, durations seconds as decimal numbers. Thread-safe.
 */
public final class EventJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();
  private static final Map<String, EventShape> SHAPES =
      Arrays.stream(RunEvent.class.getPermittedSubclasses())
          .map(EventShape::of)
          .collect(Collectors.toUnmodifiableMap(EventShape::type, Function.identity()));

  private EventJson() {}

  /** One line without a line break at its end. */
  public static String write(RunEvent event) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("type", event.type());
    shape(event.type()).orElseThrow().fill(event, line);
    return MAPPER.writeValueAsString(line);
  }

  /**
   * The event of a line; empty when it is of a type that this version does not know, or lacks what
   * makes the event one: its instant or its id. Fields not known are skipped; text, numbers and
   * durations that an older version did not write are empty or 0.
   *
   * @throws IllegalArgumentException when the line is not a JSON object or a field has another kind
   *     of value than it should; the message quotes the line
   */
  public static Optional<RunEvent> read(String line) {
    JsonNode json = parsed(line);
    Optional<EventShape> shape = shape(json.path("type").asString(""));
    try {
      return shape.flatMap(known -> known.read(json));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "reading an event: a field has the wrong kind of value ("
              + e.getMessage()
              + ") in "
              + line,
          e);
    }
  }

  private static JsonNode parsed(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      if (json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException("reading an event: not JSON: '" + line + "'", e);
    }
    throw new IllegalArgumentException("reading an event: not a JSON object: '" + line + "'");
  }

  private static Optional<EventShape> shape(String type) {
    return Optional.ofNullable(SHAPES.get(type));
  }
}
