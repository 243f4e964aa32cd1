package dev.promptrunner.explore.sweep;

import dev.promptrunner.explore.parameter.Relocation;
import dev.promptrunner.explore.sample.Constraint;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sample.Strategy;
import dev.promptrunner.workflow.LocatedTree;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A sweep as a person wrote it; what it says of parameters is not held against a workflow yet.
 *
 * @param file where it was read
 * @param name of the results' folder
 * @param workflow the workflow's file
 * @param strategy how points of the space are chosen
 * @param asked how many points, as it is written; empty when it is not
 * @param seedsPerSample with how many seeds each point is rendered
 * @param samplerSeed of the choosing itself
 * @param runName the pattern of run names
 * @param targets the output nodes to run; empty for the usual ones
 * @param parameters in the file's order
 * @param shots where the files of a shot go; only for {@code shots}
 * @param nodes what the file was made for: class and title by node id; empty when it does not say
 */
public record SweepFile(
    Path file,
    String name,
    Path workflow,
    Strategy strategy,
    Optional<Integer> asked,
    int seedsPerSample,
    SeedMode seedMode,
    long samplerSeed,
    boolean scramble,
    String runName,
    List<String> targets,
    List<Entry> parameters,
    List<Constraint> constraints,
    Optional<ShotMapping> shots,
    Map<String, Relocation.Seen> nodes) {
  private static final int DEFAULT_SAMPLES = 8;

  static final LocatedTree.Form FORM =
      LocatedTree.Form.yaml(
          "the sweep file",
          "check the path, or make one with: prompt-runner analyze WORKFLOW --out");

  public SweepFile {
    targets = List.copyOf(targets);
    parameters = List.copyOf(parameters);
    constraints = List.copyOf(constraints);
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
  }

  /**
   * One parameter of it.
   *
   * @param key readable name or path, as it was written
   * @param where {@code file:line}
   * @param linked other parameters that get the same value
   */
  public record Entry(String key, String where, Variation variation, List<String> linked) {
    public Entry {
      linked = List.copyOf(linked);
    }
  }

  /**
   * Which parameter gets which file of a shot's folder, by name or path; empty for none.
   *
   * @param where {@code file:line}
   * @param folder with a folder for each shot in it
   */
  public record ShotMapping(
      String where,
      Path folder,
      Optional<String> prompt,
      Optional<String> negative,
      Optional<String> firstFrame,
      Optional<String> lastFrame) {
    List<String> parameters() {
      return Stream.of(prompt, negative, firstFrame, lastFrame).flatMap(Optional::stream).toList();
    }

    ShotMapping renamed(UnaryOperator<String> rename) {
      return new ShotMapping(
          where,
          folder,
          prompt.map(rename),
          negative.map(rename),
          firstFrame.map(rename),
          lastFrame.map(rename));
    }
  }

  /** How many points; a grid has its own number. */
  public int samples() {
    return asked.orElse(DEFAULT_SAMPLES);
  }

  /** Reads a file; every mistake of it in one report. */
  public static Reading<SweepFile> read(Path file) {
    return LocatedTree.read(file, FORM).then(tree -> new SweepReader(file, tree).read());
  }

  /**
   * The same for a workflow whose nodes may have got other ids since: matched by class and title
   * where that is unambiguous.
   */
  public Reading<SweepFile> on(Workflow now) {
    return new Relocating(this, now).file();
  }

  /** Which of its nodes have other ids in this workflow, in words. */
  public List<String> notes(Workflow now) {
    return new Relocating(this, now).notes();
  }
}
