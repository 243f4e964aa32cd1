package dev.promptrunner.app;

import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sweep.SweepFile;
import dev.promptrunner.explore.sweep.Variation;
import dev.promptrunner.sheet.SweepSource;
import dev.promptrunner.sheet.SweepSource.Swept;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What an exploration's folder says of how it was made, as far as it can be read. */
record SheetSource(Path folder) {
  private static final Logger log = LoggerFactory.getLogger(SheetSource.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** Whether the simulator made it. */
  boolean simulated() {
    Path about = folder.resolve(ExplorationFiles.ABOUT);
    try {
      return Files.exists(about)
          && JSON.readTree(Files.readAllBytes(about)).path("simulated").asBoolean(false);
    } catch (IOException | JacksonException e) {
      log.warn(
          "{} cannot be read, so that it is not known what rendered: {}", about, e.getMessage());
      return false;
    }
  }

  /** The sweep file; without one, or with one that is broken, the page only exports a list. */
  Optional<SweepSource> sweep() {
    Path file = folder.resolve("sweep.yaml");
    if (!Files.exists(file)
        || !(SweepFile.read(file) instanceof Reading.Good<SweepFile>(SweepFile sweep))
        || !(Workflow.read(folder.resolve("workflow.json"))
            instanceof Reading.Good<Workflow>(Workflow workflow))) {
      return Optional.empty();
    }
    Parameters parameters = Parameters.of(workflow, Optional.empty());
    try {
      List<Swept> swept =
          sweep.parameters().stream().map(entry -> swept(entry, parameters)).toList();
      return Optional.of(new SweepSource("sweep.yaml", Files.readString(file), swept));
    } catch (IOException e) {
      log.warn("{} cannot be read: {}", file, e.getMessage());
      return Optional.empty();
    }
  }

  private static Swept swept(SweepFile.Entry entry, Parameters parameters) {
    String name = parameters.find(entry.key()).map(Parameter::name).orElse(entry.key());
    return switch (entry.variation()) {
      case Variation.Continuous range ->
          swept(name, entry, "continuous", range.min(), range.max(), Optional.empty());
      case Variation.Linear range ->
          swept(name, entry, "linear", range.min(), range.max(), step(range));
      case Variation.Values values ->
          new Swept(name, entry.key(), "values", NONE, NONE, NONE, values.values());
      case Variation.Prompts prompts ->
          new Swept(name, entry.key(), "prompt", NONE, NONE, NONE, prompts.texts());
      case Variation.RandomSeed _ ->
          new Swept(name, entry.key(), "random_seed", NONE, NONE, NONE, List.of());
    };
  }

  private static final Optional<BigDecimal> NONE = Optional.empty();

  private static Optional<BigDecimal> step(Variation.Linear range) {
    return range
        .step()
        .or(
            () ->
                range
                    .count()
                    .filter(count -> count > 1)
                    .map(
                        count ->
                            range
                                .max()
                                .subtract(range.min())
                                .divide(BigDecimal.valueOf(count - 1L), MathContext.DECIMAL32)));
  }

  private static Swept swept(
      String name,
      SweepFile.Entry entry,
      String type,
      BigDecimal min,
      BigDecimal max,
      Optional<BigDecimal> step) {
    return new Swept(name, entry.key(), type, Optional.of(min), Optional.of(max), step, List.of());
  }
}
