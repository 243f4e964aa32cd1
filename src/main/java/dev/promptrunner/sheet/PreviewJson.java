package dev.promptrunner.sheet;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Previews as one line of JSON each, with the key that they are kept by. */
final class PreviewJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private PreviewJson() {}

  /** A preview by its key. */
  record Keyed(String key, Preview preview) {}

  /** One line without a line break at its end. */
  static String write(String key, Preview preview) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("key", key);
    line.put("frames", preview.frames());
    line.put("width", preview.size().width());
    line.put("height", preview.size().height());
    line.putArray("rate").add(preview.rate().numerator()).add(preview.rate().denominator());
    ArrayNode posters = line.putArray("posters");
    preview.posters().forEach(posters::add);
    ObjectNode measures = line.putObject("measures");
    preview.measures().forEach(measures::put);
    return MAPPER.writeValueAsString(line);
  }

  /** What a line holds; empty when it is none, as a crash leaves one half written. */
  static Optional<Keyed> read(String line) {
    try {
      JsonNode json = MAPPER.readTree(line);
      return json.path("key").isString()
          ? Optional.of(new Keyed(json.path("key").stringValue(), preview(json)))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Preview preview(JsonNode json) {
    List<String> posters = new ArrayList<>();
    json.path("posters").values().forEach(poster -> posters.add(poster.asString("")));
    Map<String, Double> measures = new LinkedHashMap<>();
    json.path("measures")
        .properties()
        .forEach(entry -> measures.put(entry.getKey(), entry.getValue().doubleValue()));
    return new Preview(
        json.path("frames").asInt(0),
        new FrameSize(json.path("width").asInt(0), json.path("height").asInt(0)),
        new FrameRate(json.path("rate").path(0).asInt(0), json.path("rate").path(1).asInt(0)),
        posters,
        measures);
  }
}
