package dev.promptrunner.app;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives the runs of an exploration their works and folders. What was rendered before keeps its
 * folder, wherever it stands in the exploration now; nothing new gets a folder that holds something
 * else. One use.
 */
final class RunBook {
  private final Exploration exploration;
  private final Map<WorkKey, String> known;
  private final Set<String> taken;
  private final Map<Path, Digest> digests = new HashMap<>();

  /**
   * @param known the names that the output root's works have already
   */
  RunBook(Exploration exploration, Map<WorkKey, String> known) {
    this.exploration = exploration;
    this.known = Map.copyOf(known);
    this.taken = new HashSet<>(known.values());
  }

  private record Wanted(Run run, WorkKey key, Task.Generate task, List<Need.Given> needs) {}

  /**
   * The runs in the order as listed.
   *
   * @throws Stop when a file of one cannot be read
   */
  List<NamedRun> runs() throws Stop {
    Map<WorkKey, Generation> works = new HashMap<>();
    List<NamedRun> runs = new ArrayList<>();
    List<Wanted> wanted = new ArrayList<>();
    for (Run run : exploration.runs()) {
      wanted.add(wanted(run));
    }
    // Those with a folder first: nothing new may take it.
    Map<Run, String> folders = new IdentityHashMap<>();
    Set<String> given = new HashSet<>();
    for (Wanted one : wanted) {
      // Of runs that are the same work one keeps it.
      ownFolder(one).filter(given::add).ifPresent(folder -> folders.put(one.run(), folder));
    }
    for (Wanted one : wanted) {
      String kept = folders.get(one.run());
      String folder = kept == null ? freshFolder(one.run()) : kept;
      Generation work = works.computeIfAbsent(one.key(), _ -> work(one, folder));
      runs.add(new NamedRun(one.run(), folder, work));
    }
    return List.copyOf(runs);
  }

  private Wanted wanted(Run run) throws Stop {
    Task.Generate task = exploration.task(run);
    try {
      List<Need.Given> needs = exploration.needs(run, this::digest);
      WorkKey key = Generation.keyOf(task, needs, exploration.salt(run));
      return new Wanted(run, key, task, needs);
    } catch (UncheckedIOException e) {
      IOException why = e.getCause();
      throw new Stop(
          Stop.Kind.INPUT,
          new Problem(
              exploration.origin().toString(),
              "a file of run " + run.name() + " cannot be read",
              why == null ? e.toString() : IoReason.of(why),
              "make it readable"));
    }
  }

  private Digest digest(Path file) {
    return digests.computeIfAbsent(
        file,
        path -> {
          try {
            return Digest.of(path);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** The folder that it has in this exploration already, or in this shot of it. */
  private Optional<String> ownFolder(Wanted one) {
    String shot = one.run().shot();
    String prefix = name(shot.isEmpty() ? "" : shot + "/");
    return Optional.ofNullable(known.get(one.key()))
        .filter(name -> name.startsWith(prefix))
        .map(name -> Generation.folder(name.substring(name("").length())));
  }

  private String freshFolder(Run run) {
    boolean counted = exploration.kind() == Exploration.Kind.GENERATION;
    String folder = run.name();
    for (int i = 2; !taken.add(name(folder)); i++) {
      folder = counted ? String.format(Locale.ROOT, "%03d", i) : run.name() + "-" + i;
    }
    return folder;
  }

  private Generation work(Wanted one, String folder) {
    String name = known.getOrDefault(one.key(), name(folder));
    String place = exploration.origin() + "#" + one.run().name();
    return new Generation(one.key(), name, place, one.task(), List.copyOf(one.needs()));
  }

  private String name(String folder) {
    return (exploration.folder() + "/" + folder).replace("/", Generation.LEVEL);
  }
}
