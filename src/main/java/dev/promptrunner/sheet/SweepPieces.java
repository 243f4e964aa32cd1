package dev.promptrunner.sheet;

import dev.promptrunner.sheet.SweepText.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A sweep file cut at the values that favourites can narrow, for the page to put together again:
 * texts, and between them gaps with what stood there and what may stand there instead.
 */
final class SweepPieces {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final SweepSource source;
  private final String text;
  private final Map<List<String>, Span> spans;
  private final List<Entry> entries;
  private final TreeMap<Integer, Gap> gaps = new TreeMap<>();

  private record Gap(Span span, ObjectNode json) {}

  private SweepPieces(SweepSource source, List<Entry> entries) {
    this.source = source;
    // A byte order mark is no part of the text, but would come to stand behind the page's comment.
    this.text = source.text().startsWith("\uFEFF") ? source.text().substring(1) : source.text();
    this.spans = SweepText.spans(text);
    this.entries = entries;
  }

  /**
   * The pieces as the page reads them.
   *
   * @throws tools.jackson.core.JacksonException when the text is no YAML
   */
  static ObjectNode of(SweepSource source, List<Entry> entries) {
    return new SweepPieces(source, entries).json();
  }

  private ObjectNode json() {
    nameGap();
    source.parameters().forEach(this::parameterGaps);
    ObjectNode json = MAPPER.createObjectNode();
    json.put("file", source.file());
    ArrayNode pieces = json.putArray("pieces");
    int at = 0;
    for (Gap gap : gaps.values()) {
      pieces.add(text.substring(at, gap.span.start()));
      pieces.add(gap.json);
      at = gap.span.end();
    }
    pieces.add(text.substring(at));
    return json;
  }

  /** A name of its own, or the narrowed sweep would write into the folder of this one. */
  private void nameGap() {
    Optional.ofNullable(spans.get(List.of("name"))).ifPresent(span -> gap(span, "name", ""));
  }

  private void parameterGaps(SweepSource.Swept swept) {
    if (swept.min().isPresent() && swept.max().isPresent()) {
      rangeGaps(swept, swept.min().get(), swept.max().get());
    } else if (!swept.values().isEmpty()) {
      choiceGap(swept);
    }
  }

  private void rangeGaps(SweepSource.Swept swept, BigDecimal min, BigDecimal max) {
    if (swept.type().equals("random_seed")) {
      return;
    }
    List<Ladder.Rung> ladder = Ladder.of(min, max, swept.step(), tried(swept.name()));
    for (String part : List.of("min", "max", "count")) {
      Optional.ofNullable(spans.get(List.of("parameters", swept.key(), part)))
          .ifPresent(
              span -> {
                ObjectNode json = gap(span, part, swept.name());
                swept.step().ifPresent(step -> json.put("step", step));
                ArrayNode rungs = json.putArray("ladder");
                ladder.forEach(r -> rungs.addObject().put("at", r.at()).put("text", r.text()));
              });
    }
  }

  private void choiceGap(SweepSource.Swept swept) {
    Span span = spans.get(List.of("parameters", swept.key(), "values"));
    if (span == null || span.items().size() != swept.values().size()) {
      return;
    }
    ObjectNode json = gap(span, "values", swept.name());
    boolean flow = text.charAt(span.start()) == '[';
    int line = text.lastIndexOf('\n', span.start()) + 1;
    json.put("between", flow ? ", " : "\n" + " ".repeat(span.start() - line) + "- ");
    json.put("before", flow ? "[" : "- ");
    json.put("after", flow ? "]" : "");
    ArrayNode choices = json.putArray("choices");
    for (int i = 0; i < span.items().size(); i++) {
      choices
          .addObject()
          .put("text", span.items().get(i).in(text))
          .set("value", PlainValue.of(swept.values().get(i)));
    }
  }

  private ObjectNode gap(Span span, String part, String parameter) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("parameter", parameter);
    json.put("part", part);
    json.put("was", span.in(text));
    gaps.put(span.start(), new Gap(span, json));
    return json;
  }

  private List<BigDecimal> tried(String name) {
    List<BigDecimal> values = new ArrayList<>();
    for (Entry entry : entries) {
      JsonNode value = entry.result().parameters().get(name);
      if (value != null && value.isNumber() && Double.isFinite(value.doubleValue())) {
        values.add(value.decimalValue());
      }
    }
    return values;
  }
}
