package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.delivery.Delivered;
import dev.promptrunner.delivery.Delivery;
import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.execution.Deliverer;
import dev.promptrunner.execution.Progress;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.plan.VideoWork;
import java.io.IOException;
import java.nio.file.Path;

/** The object store behind the engine's port. */
record ArchiveDelivery(ObjectStore objects, ManifestOf manifests) implements Deliverer {
  @Override
  public String uri(VideoWork work) {
    return objects.uri(work.id() + ".zip");
  }

  @Override
  public Receipt deliver(VideoWork work, Path finalVideo, Progress progress)
      throws FailureException {
    Manifest manifest = manifest(work, finalVideo);
    Delivered delivered =
        new Delivery(objects)
            .deliver(manifest, finalVideo, (sent, total) -> progress.at("upload", sent, total));
    return new Receipt(
        delivered.uri(), delivered.bytes(), delivered.crc32c().toString(), delivered.already());
  }

  private Manifest manifest(VideoWork work, Path finalVideo) throws FailureException {
    try {
      return manifests.manifest(work, finalVideo);
    } catch (MediaException e) {
      throw new FailureException(e.asFailure(), e);
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Transient(
              "writing the manifest of " + work.id(),
              IoReason.of(e),
              "see whether the prompt file, its control video and the final video are still there"),
          e);
    }
  }

  /** For a run without such jobs. */
  static Deliverer none() {
    return new Deliverer() {
      @Override
      public String uri(VideoWork work) {
        return "";
      }

      @Override
      public Receipt deliver(VideoWork work, Path finalVideo, Progress progress) {
        throw new IllegalStateException("nothing was to be delivered");
      }
    };
  }
}
