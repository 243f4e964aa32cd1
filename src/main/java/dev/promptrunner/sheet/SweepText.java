package dev.promptrunner.sheet;

import dev.promptrunner.base.SymbolReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Where the values of a YAML file stand in its text, so that some can be replaced and all else,
 * comments too, stays as its author wrote it.
 */
final class SweepText {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private final String text;
  private final JsonParser parser;
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<List<String>, Span> spans = new LinkedHashMap<>();

  private SweepText(String text, JsonParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /**
   * Where a value stands.
   *
   * @param start index of its first character
   * @param end index after its last character that is no white space
   * @param items for a list of scalars where each stands; empty for all else
   */
  record Span(int start, int end, List<Span> items) {
    String in(String text) {
      return text.substring(start, end);
    }
  }

  /**
   * The spans of scalars, and of lists of scalars, by the keys that lead to them, in their order.
   *
   * @throws JacksonException when it is no YAML
   */
  static Map<List<String>, Span> spans(String text) {
    try (JsonParser parser = MAPPER.createParser(new SymbolReader(text))) {
      SweepText reader = new SweepText(text, parser);
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        reader.object();
      }
      return reader.spans;
    }
  }

  private void object() {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      path.addLast(parser.currentName());
      value(parser.nextToken());
      path.removeLast();
    }
  }

  private void value(JsonToken token) {
    switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> list();
      default -> spans.put(List.copyOf(path), here());
    }
  }

  private void list() {
    int start = index(parser.currentTokenLocation().getCharOffset());
    List<Span> items = new ArrayList<>();
    boolean scalars = true;
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      scalars &= token.isScalarValue();
      items.add(here());
      parser.skipChildren();
    }
    if (scalars && !items.isEmpty()) {
      boolean flow = text.charAt(start) == '[';
      spans.put(List.copyOf(path), new Span(start, flow ? here().end : items.getLast().end, items));
    }
  }

  private Span here() {
    int start = index(parser.currentTokenLocation().getCharOffset());
    int end = index(parser.currentLocation().getCharOffset());
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end, List.of());
  }

  /** The parser counts code points. */
  private int index(long codePoints) {
    return text.offsetByCodePoints(0, Math.toIntExact(codePoints));
  }
}
