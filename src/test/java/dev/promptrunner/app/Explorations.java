package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.AttemptRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.store.WorkState;
import dev.promptrunner.testing.Generations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Explorations of a small workflow, and a store in which their works have ended as a test says. */
final class Explorations {
  static final Instant NOW = Instant.parse("2026-11-27T09:30:15Z");
  static final Parameters PARAMETERS = Parameters.of(Generations.WORKFLOW, Optional.empty());
  static final String COLOR = name("1", "color");
  static final String IMAGE = name("3", "image");

  private Explorations() {}

  private static String name(String node, String field) {
    return PARAMETERS.find("nodes." + node + ".inputs." + field).orElseThrow().name();
  }

  /** A sweep of these colours, named 001 and so on. */
  static Exploration sweep(Path origin, int... colours) {
    List<Run> runs = new ArrayList<>();
    for (int colour : colours) {
      runs.add(run(runs.size() + 1, "", "%03d".formatted(runs.size() + 1), colour));
    }
    return exploration(Exploration.Kind.SWEEP, origin, runs, false);
  }

  static Exploration sweep(int... colours) {
    return sweep(Path.of("colours.yaml"), colours);
  }

  static Run run(int index, String shot, String name, int colour) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    values.put(COLOR, JsonNodeFactory.instance.numberNode(colour));
    String whole = shot.isEmpty() ? name : shot + "/" + name;
    return new Run(whole, index, index, 1, shot, values, Map.of());
  }

  static Exploration exploration(
      Exploration.Kind kind, Path origin, List<Run> runs, boolean salted) {
    return new Exploration(
        kind, Exploration.nameOf(origin), origin, PARAMETERS, List.of("2"), runs, salted);
  }

  static Store open(Path root) throws Exception {
    return Store.open(root, InstantSource.fixed(NOW), 4711);
  }

  static Map<WorkKey, String> names(List<NamedRun> runs) {
    Map<WorkKey, String> names = new LinkedHashMap<>();
    runs.forEach(run -> names.put(run.work().key(), run.work().name()));
    return names;
  }

  private static AttemptRow begun(Store store, Generation work) {
    store.rememberWork(WorkRow.open(work.key(), work.name(), work.promptFile(), 0));
    return store.beginAttempt(
        job(work), work.id(), "GENERATE", Digest.of("inputs"), "gpu1", "client", "prompt");
  }

  private static JobId job(Generation work) {
    return work.job().id();
  }

  /** The work is done after so long, and its image lies where it belongs. */
  static void done(Path root, Store store, Generation work, Duration took) throws IOException {
    AttemptRow attempt = begun(store, work);
    String path = work.job().products().getFirst().path() + ".png";
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "image of " + work.name());
    store.completeJob(
        attempt,
        List.of(
            new ArtifactRow(
                job(work), "RESULT", path, Files.size(file), Digest.of(file), 0, false)),
        took);
    store.finishWork(work.key(), WorkState.DONE, Optional.empty());
  }

  static void failed(Store store, Generation work) {
    AttemptRow attempt = begun(store, work);
    store.failAttempt(attempt, new Failure.OutOfMemory("rendering", "no memory", "wait"), true);
    store.finishWork(work.key(), WorkState.FAILED, Optional.of("no memory was left"));
  }
}
