package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Task;
import dev.promptrunner.workflow.Edit;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Template;
import dev.promptrunner.workflow.Workflow;
import dev.promptrunner.workflow.WorkflowCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Runs of one workflow that belong together, before anything is rendered.
 *
 * @param kind what it is, and the folder below the output root that holds all of its kind
 * @param name of its own folder in there
 * @param origin the file that asks for it, as it was given
 * @param targets the output nodes to run
 * @param runs in the order as listed
 * @param salted whether each run is rendered even where all values are those of another
 * @param simulated whether the simulator renders it: then it shares neither folder nor works with
 *     what a model rendered
 */
public record Exploration(
    Kind kind,
    String name,
    Path origin,
    Parameters parameters,
    List<String> targets,
    List<Run> runs,
    boolean salted,
    boolean simulated) {
  private static final String SIMULATED = "-simulated";

  /** The ways to explore. */
  public enum Kind {
    SWEEP("sweeps"),
    SHOTS("shots"),
    ITERATIONS("iterations"),
    GENERATION("generations");

    private final String folder;

    Kind(String folder) {
      this.folder = folder;
    }

    /** Below the output root. */
    public String folder() {
      return folder;
    }

    /** The kind of exploration that a work of this name belongs to; empty for a video's work. */
    public static Optional<Kind> ofWork(String name) {
      return Arrays.stream(values())
          .filter(kind -> name.startsWith(kind.folder + Generation.LEVEL))
          .findFirst();
    }
  }

  /** Rendered by a model. */
  public Exploration(
      Kind kind,
      String name,
      Path origin,
      Parameters parameters,
      List<String> targets,
      List<Run> runs,
      boolean salted) {
    this(kind, name, origin, parameters, targets, runs, salted, false);
  }

  public Exploration {
    targets = List.copyOf(targets);
    runs = List.copyOf(runs);
  }

  /** The name of what is explored of this file alone: its own without the ending. */
  public static String nameOf(Path file) {
    return RunNames.folder(file.getFileName().toString().replaceFirst("\\.[^.]+$", ""));
  }

  public Workflow workflow() {
    return parameters.workflow();
  }

  /** {@code sweeps/cfg}: below the output root. */
  public String folder() {
    return kind.folder() + "/" + name + (simulated ? SIMULATED : "");
  }

  /** The same, rendered by the simulator: it never passes for real. */
  public Exploration asSimulated() {
    return new Exploration(kind, name, origin, parameters, targets, runs, salted, true);
  }

  /** What tells a run from another that is the same in all that is sent. */
  public String salt(Run run) {
    // The first of iterations that are all alike is what a plain run renders.
    return (salted && run.index() > 1 ? run.name() : "") + (simulated ? SIMULATED : "");
  }

  /** The parameters that some run sets, in the order of the first that does. */
  public List<Parameter> set() {
    Map<String, Parameter> set = new LinkedHashMap<>();
    for (Run run : runs) {
      run.values().keySet().forEach(key -> set.putIfAbsent(key, parameter(key)));
      run.files().keySet().forEach(key -> set.putIfAbsent(key, parameter(key)));
    }
    return List.copyOf(set.values());
  }

  private Parameter parameter(String name) {
    return parameters.find(name).orElseThrow();
  }

  /**
   * The runs in the order that swaps models as seldom as possible: what changes the model varies
   * slowest, in all else the order is as listed.
   */
  public List<Run> grouped() {
    Comparator<Run> order = Comparator.comparingInt(_ -> 0);
    for (Parameter parameter : set()) {
      if (parameter.changesModel()) {
        order = order.thenComparing(rank(parameter.name()));
      }
    }
    List<Run> sorted = new ArrayList<>(runs);
    sorted.sort(order);
    return Collections.unmodifiableList(sorted);
  }

  /** By the place of its value among those that the runs have. */
  private Function<Run, Integer> rank(String parameter) {
    Map<Optional<JsonNode>, Integer> places = new HashMap<>();
    runs.forEach(run -> places.putIfAbsent(value(run, parameter), places.size()));
    return run -> Objects.requireNonNull(places.get(value(run, parameter)));
  }

  private static Optional<JsonNode> value(Run run, String parameter) {
    return Optional.ofNullable(run.values().get(parameter));
  }

  /** What a server would refuse, but for the values that runs set, which were looked at before. */
  public List<Problem> problems(ObjectInfo info) {
    Set<String> later =
        set().stream().map(one -> one.node() + "." + one.field()).collect(Collectors.toSet());
    return WorkflowCheck.online(workflow(), targets, info, later);
  }

  /** What a server is asked for. */
  public Task.Generate task(Run run) {
    List<Edit> edits = new ArrayList<>();
    run.values().forEach((name, value) -> edits.add(edit(parameter(name), value)));
    List<Task.FileInput> files = new ArrayList<>();
    for (String name : run.files().keySet()) {
      Parameter parameter = parameter(name);
      files.add(new Task.FileInput(parameter.node(), parameter.field(), name, byPath(parameter)));
    }
    return new Task.Generate(workflow(), edits, targets, files);
  }

  private static Edit edit(Parameter parameter, JsonNode value) {
    return new Edit.Set(parameter.node(), parameter.field(), Template.literal(value));
  }

  /** Loaders of one kind take a name in the input folder, those of the other any path. */
  private static boolean byPath(Parameter parameter) {
    return parameter.classType().contains("Path") || PATH_FIELDS.contains(parameter.field());
  }

  private static final Set<String> PATH_FIELDS = Set.of("path", "image_path", "video_path");

  /**
   * The files of a run, as its task needs them.
   *
   * @param digests of their contents, by path
   */
  public List<Need.Given> needs(Run run, Function<Path, Digest> digests) {
    return run.files().entrySet().stream()
        .map(file -> new Need.Given(file.getKey(), file.getValue(), digests.apply(file.getValue())))
        .toList();
  }
}
