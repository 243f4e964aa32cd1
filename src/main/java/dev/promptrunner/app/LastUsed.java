package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.WholeFile;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sweep.Exploration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values that each workflow was last run with, and those that it came with, in {@code
 * parameters/WORKFLOW.json} of the output root.
 */
record LastUsed(Path root) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LAST_USED = "last_used";
  private static final String DEFAULTS = "defaults";

  private Path file(Path workflow) {
    return root.resolve("parameters").resolve(Exploration.nameOf(workflow) + ".json");
  }

  /**
   * What was set when the workflow was last run, by name.
   *
   * @throws Stop when the file is damaged
   */
  Map<String, JsonNode> of(Path workflow) throws Stop {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    read(file(workflow))
        .path(LAST_USED)
        .properties()
        .forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return values;
  }

  private static JsonNode read(Path file) throws Stop {
    try {
      return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
    } catch (IOException | JacksonException e) {
      throw new Stop(
          Stop.Kind.INPUT,
          new Problem(
              file.toString(),
              "the values that were used last cannot be read",
              e instanceof IOException io ? IoReason.of(io) : "no JSON",
              "remove the file"));
    }
  }

  /** Keeps what was set; the defaults are the workflow's own at its first run here. */
  void keep(Path workflow, Parameters parameters, Map<String, JsonNode> set) throws Stop {
    Path file = file(workflow);
    JsonNode before = read(file);
    ObjectNode now = JSON.createObjectNode();
    now.put("workflow", workflow.toString());
    ObjectNode lastUsed = now.putObject(LAST_USED);
    set.forEach(lastUsed::set);
    ObjectNode defaults = now.putObject(DEFAULTS);
    for (Parameter parameter : parameters.all()) {
      JsonNode first = before.path(DEFAULTS).path(parameter.name());
      defaults.set(parameter.name(), first.isMissingNode() ? parameter.value() : first);
    }
    try {
      WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n");
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              "the values that were used cannot be kept (" + IoReason.of(e) + ")",
              file.toString(),
              "make the output folder writable"));
    }
  }
}
