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
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values that each workflow was last run with, and those that it came with, in {@code
 * parameters/WORKFLOW.json} of the output root. They are a help to memory: what cannot be read or
 * kept is a warning, and nothing else fails for it.
 */
record LastUsed(Path root) {
  private static final Logger log = LoggerFactory.getLogger(LastUsed.class);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LAST_USED = "last_used";
  private static final String DEFAULTS = "defaults";

  private Path file(Path workflow) {
    return root.resolve("parameters").resolve(Exploration.nameOf(workflow) + ".json");
  }

  /** What was set when the workflow was last run, by name. */
  Map<String, JsonNode> of(Path workflow) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    read(file(workflow))
        .ifPresent(
            json ->
                json.path(LAST_USED)
                    .properties()
                    .forEach(entry -> values.put(entry.getKey(), entry.getValue())));
    return values;
  }

  /** Empty, and warned of, when the file is damaged. */
  private static Optional<JsonNode> read(Path file) {
    try {
      return Optional.of(
          Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode());
    } catch (IOException | JacksonException e) {
      warn(
          new Problem(
              file.toString(),
              "the values that were used last cannot be read",
              e instanceof IOException io ? IoReason.of(io) : "no JSON",
              "remove the file"));
      return Optional.empty();
    }
  }

  /**
   * Keeps what was set; the defaults are the workflow's own at its first run here. A damaged file
   * stays as it is.
   */
  void keep(Path workflow, Parameters parameters, Map<String, JsonNode> set) {
    Path file = file(workflow);
    read(file).ifPresent(before -> write(file, now(workflow, parameters, set, before)));
  }

  private static ObjectNode now(
      Path workflow, Parameters parameters, Map<String, JsonNode> set, JsonNode before) {
    ObjectNode now = JSON.createObjectNode();
    now.put("workflow", workflow.toString());
    ObjectNode lastUsed = now.putObject(LAST_USED);
    set.forEach(lastUsed::set);
    ObjectNode defaults = now.putObject(DEFAULTS);
    for (Parameter parameter : parameters.all()) {
      JsonNode first = before.path(DEFAULTS).path(parameter.name());
      defaults.set(parameter.name(), first.isMissingNode() ? parameter.value() : first);
    }
    return now;
  }

  private static void write(Path file, ObjectNode now) {
    try {
      WholeFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(now) + "\n");
    } catch (IOException e) {
      warn(
          new Problem(
              "output",
              "the values that were used cannot be kept (" + IoReason.of(e) + ")",
              file.toString(),
              "make the output folder writable"));
    }
  }

  private static void warn(Problem problem) {
    log.warn("{}", problem);
  }
}
