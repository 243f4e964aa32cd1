package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.JobId;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.plan.Generation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long runs of a workflow took before, in whatever exploration of the same output root.
 *
 * @param took of all jobs that are done
 */
record PastTimes(Path root, Map<JobId, Duration> took) {
  private static final Logger log = LoggerFactory.getLogger(PastTimes.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** The median; empty when the workflow was never run here. */
  Optional<Duration> of(Exploration exploration) {
    List<String> prefixes = new ArrayList<>();
    for (Exploration.Kind kind : Exploration.Kind.values()) {
      folders(root.resolve(kind.folder())).stream()
          .filter(folder -> isOf(folder, exploration))
          .map(folder -> kind.folder() + Generation.LEVEL + folder.getFileName() + Generation.LEVEL)
          .forEach(prefixes::add);
    }
    List<Duration> times =
        took.entrySet().stream()
            .filter(job -> prefixes.stream().anyMatch(job.getKey().work()::startsWith))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    return times.isEmpty() ? Optional.empty() : Optional.of(times.get(times.size() / 2));
  }

  private static List<Path> folders(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      log.info("no times are taken from {}: {}", folder, IoReason.of(e));
      return List.of();
    }
  }

  /**
   * The same workflow file counts as the same, though it was edited since; what the simulator took
   * says nothing of a model.
   */
  private static boolean isOf(Path folder, Exploration exploration) {
    Path about = folder.resolve(ExplorationFiles.ABOUT);
    if (!Files.isRegularFile(about)) {
      return false;
    }
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(about));
      boolean sameFile =
          Path.of(json.path("workflow").asString(""))
              .getFileName()
              .equals(Path.of(exploration.workflow().name()).getFileName());
      return sameFile && json.path("simulated").asBoolean(false) == exploration.simulated();
    } catch (IOException | JacksonException e) {
      log.info("no times are taken from {}: {}", folder, e.toString());
      return false;
    }
  }
}
