package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.store.OutputRootBusyException;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.store.WorkState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds the prompt files that failed, so that they can be run again. */
public final class Retry {
  private Retry() {}

  /**
   * Forgets the failures and returns the prompt files that had them.
   *
   * @throws Stop when another process runs on the output root
   */
  public static List<Path> failed(Parts parts, Settings settings) throws Stop {
    Path root = settings.run().output();
    if (Store.read(root).isEmpty()) {
      return List.of();
    }
    try (Store store = Store.open(root, parts.clock(), ProcessHandle.current().pid())) {
      List<WorkRow> failed =
          store.works().stream()
              .filter(work -> work.state() == WorkState.FAILED)
              .filter(work -> Exploration.Kind.ofWork(work.name()).isEmpty())
              .toList();
      store.resetFailed(failed);
      return failed.stream()
          .map(work -> VideoWork.promptFileOf(work.promptFile()))
          .distinct()
          .map(Path::of)
          .toList();
    } catch (OutputRootBusyException | IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              e instanceof IOException io ? IoReason.of(io) : String.valueOf(e.getMessage()),
              root.toString(),
              "wait for the other run, or give another folder"));
    }
  }
}
