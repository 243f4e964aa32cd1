package dev.promptrunner.explore.sweep;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One run of an exploration, before it is rendered.
 *
 * @param name of its folder; unique in the exploration
 * @param index its place in the order as listed, from 1
 * @param sample the point of the explored space, from 1
 * @param seedIndex which of the point's seeds, from 1
 * @param shot the shot's folder name; empty when there are no shots
 * @param values what is set, by the readable name of the parameter, linked ones among them
 * @param files what is set to a file of this machine, likewise
 */
public record Run(
    String name,
    int index,
    int sample,
    int seedIndex,
    String shot,
    Map<String, JsonNode> values,
    Map<String, Path> files) {
  /** The only run of a workflow, with these values set. */
  public static Run once(Map<String, JsonNode> values) {
    return new Run(RunNames.padded(1, 1), 1, 1, 1, "", values, Map.of());
  }

  public Run {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }
}
