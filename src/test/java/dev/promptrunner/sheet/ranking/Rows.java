package dev.promptrunner.sheet.ranking;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows written as JSON: {@code row("a", "{cfg: 1.5}", "{sharpness: 2}")}. */
public final class Rows {
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
                  .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .build();

  private Rows() {}

  public static Row row(String run, String parameters, String measures) {
    Map<String, JsonNode> made = new LinkedHashMap<>();
    JSON.readTree(parameters).properties().forEach(e -> made.put(e.getKey(), e.getValue()));
    Map<String, Double> measured = new LinkedHashMap<>();
    JSON.readTree(measures)
        .properties()
        .forEach(e -> measured.put(e.getKey(), e.getValue().doubleValue()));
    return new Row(run, made, measured);
  }
}
