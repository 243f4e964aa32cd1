package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.execution.Placement;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.explore.result.ResultTable;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.JobRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.store.WorkState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes what comes of an exploration into its folder as each run ends: files, parameters, workflow
 * and the table of all runs. A disk that fails ends nothing: what could not be written is written
 * when the whole is. Used by one thread at a time.
 */
final class ResultBook {
  private static final Logger log = LoggerFactory.getLogger(ResultBook.class);

  private final Path root;
  private final Exploration exploration;
  private final Store store;
  private final Ended ended;
  private final List<Parameter> set;
  private final ResultTable table;
  private final Map<String, List<NamedRun>> byWork = new LinkedHashMap<>();
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Map<String, Result.Why> failures = new HashMap<>();
  private final Map<NamedRun, Result.State> owed = new LinkedHashMap<>();
  private final Set<String> before = new HashSet<>();
  private boolean unwritten;

  /** Told of a run that has ended. */
  @FunctionalInterface
  interface Ended {
    /**
     * @param before whether it had ended well in an earlier life already
     */
    void on(Result result, boolean before);
  }

  /**
   * @param root the output root
   * @param ended told of each run that has ended, when its files are in place or failed to be
   */
  ResultBook(Path root, Exploration exploration, List<NamedRun> runs, Store store, Ended ended) {
    this.root = root;
    this.exploration = exploration;
    this.store = store;
    this.ended = ended;
    this.set = exploration.set();
    this.table = new ResultTable(folder(), columns());
    for (NamedRun run : runs) {
      byWork.computeIfAbsent(run.work().id(), _ -> new ArrayList<>()).add(run);
    }
    Map<String, Result.Why> told = toldBefore();
    runs.forEach(run -> results.put(run.folder(), stored(run, told)));
  }

  /** Why works failed, by what makes them: the store knows a sentence only. */
  private Map<String, Result.Why> toldBefore() {
    Map<String, Result.Why> told = new HashMap<>();
    if (Files.isRegularFile(folder().resolve(ResultFolder.LINES))) {
      try {
        for (Result result : ResultFolder.read(folder()).results()) {
          result.failure().ifPresent(why -> told.put(result.made(), why));
        }
      } catch (IOException e) {
        log.info("what is written in {} is not known: {}", folder(), IoReason.of(e));
      }
    }
    return told;
  }

  private Path folder() {
    return root.resolve(exploration.folder());
  }

  /** What is known of a run before it is looked at again. */
  private Result stored(NamedRun run, Map<String, Result.Why> told) {
    Optional<WorkRow> row = store.work(run.work().key());
    return switch (row.map(WorkRow::state).orElse(WorkState.OPEN)) {
      case OPEN -> result(run, Result.State.OPEN, List.of(), Optional.empty());
      case DONE -> result(run, Result.State.DONE, files(run), Optional.empty());
      case FAILED -> {
        String found = row.flatMap(WorkRow::error).orElse("");
        Result.Why why =
            told.getOrDefault(run.work().key().toString(), new Result.Why("", found, ""));
        yield result(run, Result.State.FAILED, List.of(), Optional.of(why));
      }
    };
  }

  /** Writes what stands before anything is rendered. */
  void begin() throws IOException {
    new ExplorationFiles(folder(), exploration).write();
    write();
  }

  /** Writes what is owed and the tables; trouble is told and never hides how the runs ended. */
  void finish() {
    try {
      write();
    } catch (IOException | RuntimeException e) {
      unwritten = true;
      log.warn(
          "writing the tables of {}: {}; what was rendered is kept: make room and give the same"
              + " command again",
          folder(),
          why(e));
    }
  }

  /** Whether something could not be written to the last. */
  boolean owes() {
    return unwritten;
  }

  /** Writes the tables anew, in the order as listed, and what could not be written before. */
  void write() throws IOException {
    for (Map.Entry<NamedRun, Result.State> one : Map.copyOf(owed).entrySet()) {
      keep(one.getKey(), known(one.getKey(), one.getValue()));
      owed.remove(one.getKey());
    }
    table.write(results.values());
    for (Map.Entry<String, List<Result>> shot : byShot().entrySet()) {
      new ResultTable(folder().resolve(shot.getKey()), columns()).write(shot.getValue());
    }
  }

  private List<String> columns() {
    return set.stream().map(Parameter::name).toList();
  }

  /** The results of each shot, as its own folder names them; none when there are no shots. */
  private Map<String, List<Result>> byShot() {
    Map<String, List<Result>> shots = new TreeMap<>();
    for (Result result : results.values()) {
      if (!result.shot().isEmpty()) {
        shots.computeIfAbsent(result.shot(), _ -> new ArrayList<>()).add(ofShot(result));
      }
    }
    return shots;
  }

  private static Result ofShot(Result result) {
    int prefix = result.shot().length() + 1;
    return new Result(
        result.run().substring(prefix),
        result.index(),
        result.sample(),
        result.shot(),
        result.state(),
        result.parameters(),
        result.files().stream().map(file -> file.substring(prefix)).toList(),
        result.borders(),
        result.took(),
        result.failure(),
        result.made());
  }

  /** As they are now. */
  Collection<Result> results() {
    return List.copyOf(results.values());
  }

  /** Whether such an event changes anything here. */
  static boolean concerns(RunEvent event) {
    return event instanceof RunEvent.WorkStarted
        || event instanceof RunEvent.JobFailed
        || event instanceof RunEvent.WorkDone
        || event instanceof RunEvent.WorkFailed;
  }

  void on(RunEvent event) {
    switch (event) {
      case RunEvent.WorkStarted started when started.reused() == started.jobs() ->
          before.add(started.work());
      case RunEvent.JobFailed failed when !failed.willRetry() ->
          failures.put(
              failed.job().work(),
              new Result.Why(failed.failure(), failed.found(), failed.remedy()));
      case RunEvent.WorkDone done -> ended(done.work(), Result.State.DONE);
      case RunEvent.WorkFailed failed -> ended(failed.work(), Result.State.FAILED);
      default -> {}
    }
  }

  private void ended(String work, Result.State state) {
    for (NamedRun run : byWork.getOrDefault(work, List.of())) {
      try {
        Result result = known(run, state);
        keep(run, result);
        table.add(result);
      } catch (IOException | RuntimeException e) {
        owed.put(run, state);
        log.warn(
            "writing the results of {}: {}; it is tried again when all has ended",
            run.folder(),
            why(e));
      }
      ended.on(Objects.requireNonNull(results.get(run.folder())), before.contains(work));
    }
  }

  private static String why(Exception e) {
    return e instanceof IOException io ? IoReason.of(io) : e.toString();
  }

  private Result known(NamedRun run, Result.State state) {
    Result result = result(run, state);
    results.put(run.folder(), result);
    return result;
  }

  private Result result(NamedRun run, Result.State state) {
    return state == Result.State.DONE
        ? result(run, state, files(run), Optional.empty())
        : result(run, state, List.of(), Optional.ofNullable(failures.get(run.work().id())));
  }

  private void keep(NamedRun run, Result result) throws IOException {
    if (result.state() == Result.State.DONE) {
      bringHere(run);
    }
    new ExplorationFiles(folder(), exploration).write(run, result);
  }

  /** The same work may have been rendered for another exploration, or for another of its runs. */
  private void bringHere(NamedRun run) throws IOException {
    if (run.isElsewhere(exploration.folder())) {
      for (ArtifactRow artifact : store.artifactsOf(run.work().id())) {
        Placement.link(
            root.resolve(artifact.path()),
            folder().resolve(run.folder()).resolve(name(run, artifact)));
      }
    }
  }

  private List<String> files(NamedRun run) {
    return store.artifactsOf(run.work().id()).stream()
        .map(artifact -> run.folder() + "/" + name(run, artifact))
        .toList();
  }

  /** Named by the run whose folder it lies in, though it may have been rendered for another. */
  private static String name(NamedRun run, ArtifactRow artifact) {
    String theirs = last(run.work().folder());
    String file = last(artifact.path());
    return file.startsWith(theirs) ? last(run.folder()) + file.substring(theirs.length()) : file;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Result result(
      NamedRun named, Result.State state, List<String> files, Optional<Result.Why> why) {
    Run run = named.run();
    Optional<Duration> took =
        state == Result.State.DONE
            ? store.jobs(named.work().id()).stream().findFirst().flatMap(JobRow::took)
            : Optional.empty();
    return new Result(
        named.folder(),
        run.index(),
        run.sample(),
        run.shot(),
        state,
        parameters(run),
        files,
        List.of(),
        took,
        why,
        named.work().key().toString());
  }

  /** All that some run sets: one that leaves a value as it is in the workflow has that value. */
  private Map<String, JsonNode> parameters(Run run) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    set.forEach(one -> parameters.put(one.name(), one.value()));
    parameters.putAll(run.values());
    run.files()
        .forEach(
            (name, file) ->
                parameters.put(
                    name, JsonNodeFactory.instance.stringNode(String.valueOf(file.getFileName()))));
    return parameters;
  }
}
