package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.explore.parameter.Links;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.parameter.SweepText;
import dev.promptrunner.explore.sweep.Assignments;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Reading;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Tells what of a workflow can be set, and writes a sweep file to begin with. */
public final class AnalyzeJob {
  private final Parts parts;
  private final Settings settings;

  public AnalyzeJob(Parts parts, Settings settings) {
    this.parts = parts;
    this.settings = settings;
  }

  /**
   * What can be set.
   *
   * @param set what was asked to be set, by name
   * @param links parameters that should change together
   * @param lastUsed what the workflow was last run with, by name; without what was never set
   * @param exact whether types and limits are a server's own
   */
  public record Analyzed(
      Parameters parameters,
      Map<String, JsonNode> set,
      List<Links.Link> links,
      Map<String, JsonNode> lastUsed,
      boolean exact) {
    /** The workflow's file. */
    public String workflow() {
      return parameters.workflow().name();
    }
  }

  /**
   * Reads the workflow.
   *
   * @param server whether the settings' server is asked for types and limits
   * @param saved a server's object_info in a file, instead
   * @throws Stop with every mistake
   */
  public Analyzed analyze(Path workflow, boolean server, Optional<Path> saved, List<String> set)
      throws Stop, FailureException, InterruptedException {
    Optional<ObjectInfo> info =
        saved.isPresent() ? Optional.of(read(saved.get())) : server ? asked() : Optional.empty();
    Parameters parameters = new ExploreReader(info).parameters(workflow);
    return new Analyzed(
        parameters,
        ExploreReader.good(Assignments.read("--set", set, parameters)),
        Links.of(parameters),
        new LastUsed(settings.run().output()).of(workflow),
        info.isPresent());
  }

  private static ObjectInfo read(Path file) throws Stop {
    try {
      return ExploreReader.good(ObjectInfo.parse(file.toString(), Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.INPUT,
          new Problem(
              "--object-info",
              "the file cannot be read (" + IoReason.of(e) + ")",
              file.toString(),
              "save it with: curl http://127.0.0.1:8188/object_info > object_info.json"));
    }
  }

  private Optional<ObjectInfo> asked() throws Stop, FailureException, InterruptedException {
    try (Engine engine = Engine.open(parts, settings)) {
      engine.awaitReady(Duration.ZERO);
      engine.requireAll();
      return Optional.of(engine.infos().getFirst());
    }
  }

  /** Keeps what the workflow was run with. */
  public void remember(Path workflow, List<String> set) throws Stop {
    Parameters parameters = new ExploreReader(Optional.empty()).parameters(workflow);
    Reading<Map<String, JsonNode>> values = Assignments.read("--set", set, parameters);
    new LastUsed(settings.run().output()).keep(workflow, parameters, ExploreReader.good(values));
  }

  /**
   * Writes a sweep file; one that is there already stays.
   *
   * @throws Stop when it cannot be written
   */
  public static void write(Analyzed analyzed, Path workflow, Path out) throws Stop {
    Path folder = out.toAbsolutePath().normalize().getParent();
    Path there = Home.find(workflow).toAbsolutePath().normalize();
    String named = folder == null ? there.toString() : folder.relativize(there).toString();
    try {
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          out, SweepText.of(analyzed.parameters(), named), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "--out",
              "there is such a file already, which may be edited",
              out.toString(),
              "give another name, or remove it"));
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "--out",
              "the sweep file cannot be written (" + IoReason.of(e) + ")",
              out.toString(),
              "give a place that can be written"));
    }
  }
}
