package dev.promptrunner.explore.sweep;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One shot as its folder has it.
 *
 * @param name of the folder
 * @param settings values of parameters for this shot alone, by name or path
 * @param where the file that holds them, for problems
 */
public record Shot(
    String name,
    Optional<String> prompt,
    Optional<String> negative,
    Optional<Path> firstFrame,
    Optional<Path> lastFrame,
    Map<String, JsonNode> settings,
    String where) {
  public Shot {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
