package dev.promptrunner.app;

import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.plan.Role;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreException;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.store.WorkRow;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the chunks of finished videos begin, as the state of their output root has it. */
record ChunkBorders(Path folder) {
  private static final Logger log = LoggerFactory.getLogger(ChunkBorders.class);

  /** With the borders of each result whose first file is a video of prompt files. */
  List<Result> on(List<Result> results) {
    try {
      return Stream.iterate(folder.toAbsolutePath().normalize(), at -> at != null, Path::getParent)
          .flatMap(at -> Store.read(at).map(state -> on(results, at, known(state))).stream())
          .findFirst()
          .orElse(results);
    } catch (StoreException e) {
      log.warn("where chunks begin is not known: {}", e.getMessage());
      return results;
    }
  }

  private List<Result> on(List<Result> results, Path root, Map<String, List<Integer>> known) {
    return results.stream()
        .map(
            result -> {
              List<Integer> borders = known.getOrDefault(path(root, result), List.of());
              return borders.isEmpty() ? result : result.withBorders(borders);
            })
        .toList();
  }

  private String path(Path root, Result result) {
    Path first = result.files().isEmpty() ? folder : folder.resolve(result.files().getFirst());
    return root.relativize(first.toAbsolutePath().normalize()).toString();
  }

  /** By the path of the video, relative to the output root. */
  private static Map<String, List<Integer>> known(StoreReader state) {
    Map<String, List<Integer>> known = new HashMap<>();
    for (WorkRow work : state.works()) {
      if (Exploration.Kind.ofWork(work.name()).isPresent()) {
        continue; // Of hundreds of runs none has chunks.
      }
      List<ArtifactRow> artifacts = state.artifactsOf(work.id());
      List<Integer> lengths = lengths(artifacts);
      artifacts.stream()
          .filter(one -> !one.discarded() && isWhole(one))
          .forEach(one -> known.put(one.path(), before(lengths, one.frames())));
    }
    return known;
  }

  private static boolean isWhole(ArtifactRow artifact) {
    return artifact.role().equals(Role.FINAL.name())
        || artifact.role().equals(Role.COMBINED.name());
  }

  /** Each combined video ends where the next chunk begins, whatever was interpolated into it. */
  private static List<Integer> lengths(List<ArtifactRow> artifacts) {
    return artifacts.stream()
        .filter(one -> one.role().equals(Role.COMBINED.name()))
        .map(ArtifactRow::frames)
        .sorted()
        .distinct()
        .toList();
  }

  private static List<Integer> before(List<Integer> lengths, int frames) {
    return lengths.stream().filter(length -> length < frames).toList();
  }
}
