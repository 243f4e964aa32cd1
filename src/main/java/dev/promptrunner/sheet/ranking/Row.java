package dev.promptrunner.sheet.ranking;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/**
 * A run with what it was made with and what was measured.
 *
 * @param run its name
 * @param parameters by readable name, in their order
 * @param measures by name, of {@link Weights#MEASURES}; what could not be measured is absent or NaN
 */
public record Row(String run, Map<String, JsonNode> parameters, Map<String, Double> measures) {
  public Row {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
  }

  /** Empty when it was not measured; may be infinite, as the PSNR of two equal videos is. */
  public OptionalDouble measure(String name) {
    double value = measures.getOrDefault(name, Double.NaN);
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
