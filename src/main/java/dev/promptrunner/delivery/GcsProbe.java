package dev.promptrunner.delivery;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import java.util.Optional;

/** Tries every right that a delivery needs on a small object, whose name never changes. */
record GcsProbe(Storage storage, BlobId id, GcsErrors errors) {
  static final String NAME = ".prompt-runner-probe";

  Optional<Problem> run() throws FailureException {
    try {
      // Asking for what is not there takes a right of its own, and every delivery begins so.
      storage.get(id);
      writeProbe();
      Blob probe = storage.get(id);
      // Another runner's probe may just have removed it: that it could be asked for is enough.
      return probe == null ? Optional.empty() : removeProbe(probe);
    } catch (StorageException e) {
      throw errors.failure("writing a probe to " + id.toGsUtilUri(), e);
    }
  }

  /** A probe that is there already shows the same: 403 would have come before 412. */
  private void writeProbe() {
    try {
      storage.create(
          BlobInfo.newBuilder(id).setContentType("text/plain").build(),
          new byte[] {1},
          BlobTargetOption.doesNotExist());
    } catch (StorageException e) {
      if (e.getCode() != 412) {
        throw e;
      }
    }
  }

  /** Write-once buckets keep the probe; the archives they keep all the better. */
  private Optional<Problem> removeProbe(Blob probe) {
    try {
      storage.delete(probe.getBlobId(), BlobSourceOption.generationMatch(probe.getGeneration()));
      return Optional.empty();
    } catch (StorageException e) {
      if (e.getCode() != 403) {
        throw e;
      }
      return Optional.of(
          new Problem(
              Destination.SETTING,
              "the probe object may not be removed and stays there",
              id.toGsUtilUri(),
              "remove it by hand, or give the account the right storage.objects.delete"));
    }
  }
}
