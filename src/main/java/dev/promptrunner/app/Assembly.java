package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.Engine;
import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.execution.Deliverer;
import dev.promptrunner.execution.DiskLimits;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.ExecutionSettings;
import dev.promptrunner.execution.Ports;
import dev.promptrunner.media.FfmpegBuild;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Joins the open parts of a run into the engine that carries it out. */
final class Assembly {
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);

  private final Settings settings;
  private final RunSession.Open open;
  private final Path root;

  /**
   * @param root the output root
   */
  Assembly(Settings settings, RunSession.Open open, Path root) {
    this.settings = settings;
    this.open = open;
    this.root = root;
  }

  Execution execution(Execution.RunContext context) throws FailureException, InterruptedException {
    Map<String, String> mark = Map.of("comment", "Prompt Runner, engine " + open.engine().name());
    Room room = new Room(root);
    MediaPorts media =
        new MediaPorts(mark, settings.recovery().checkBlack(), settings.recovery().checkFrozen());
    Ports ports =
        new Ports(
            open.engine().renderers(open.recipe()),
            media,
            media,
            deliverer(),
            () -> room.usable().orElse(Long.MAX_VALUE));
    return new Execution(
        root,
        ports,
        open.store(),
        context,
        new ExecutionSettings(
            settings.run().retries() + 1,
            FIRST_BACK_OFF,
            settings.run().mediaWorkers(),
            settings.run().uploadWorkers(),
            new DiskLimits(settings.run().diskFloor(), settings.run().diskPatience()),
            settings.run().keep(),
            settings.recovery().leastFrames()),
        open.plan().order());
  }

  private Deliverer deliverer() throws FailureException, InterruptedException {
    Optional<ObjectStore> objects = open.delivery().objects();
    if (objects.isEmpty() || open.recipe().isEmpty()) {
      return ArchiveDelivery.none(); // An exploration is delivered as a whole when it has ended.
    }
    Manifest.Versions versions =
        new Manifest.Versions(
            Home.version(),
            Runtime.version().toString(),
            ffmpeg(),
            Optional.of(open.engine().version()));
    return new ArchiveDelivery(
        objects.get(),
        new ManifestOf(
            open.store(),
            Store.read(root).orElseThrow(),
            open.recipe().get(),
            open.plan(),
            Engine.of(open.engine().name()),
            versions));
  }

  private static String ffmpeg() throws FailureException {
    try {
      return FfmpegBuild.current().version();
    } catch (MediaException e) {
      throw new FailureException(e.asFailure(), e);
    }
  }
}
