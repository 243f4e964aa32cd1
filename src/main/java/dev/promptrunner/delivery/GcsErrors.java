package dev.promptrunner.delivery;

import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.util.Optional;

/**
 * Google's errors in plain words. The client's exceptions are never handed on: their messages hold
 * the address of the upload session, with which anybody could go on writing.
 */
final class GcsErrors {
  private final String bucket;

  GcsErrors(String bucket) {
    this.bucket = bucket;
  }

  /** The client's exception within one that its channels wrap around it. */
  static StorageException unwrap(IOException e) {
    return GcsAnswer.causes(e)
        .filter(StorageException.class::isInstance)
        .map(StorageException.class::cast)
        .findFirst()
        .orElseGet(() -> new StorageException(0, String.valueOf(e.getMessage()), e));
  }

  FailureException failure(String attempted, StorageException e) {
    return failure(attempted, e, false);
  }

  /**
   * As a failure.
   *
   * @param opened whether an upload session existed: then a 404 speaks of it, not of the bucket
   */
  FailureException failure(String attempted, StorageException e, boolean opened) {
    if (Thread.currentThread().isInterrupted()) {
      return Source.cancelled(attempted, new IOException(GcsAnswer.of(e)));
    }
    return new FailureException(describe(attempted, e, opened));
  }

  private Failure describe(String attempted, StorageException e, boolean opened) {
    Optional<String> login = GcsAnswer.loginRefused(e);
    if (login.isPresent()) {
      return new Failure.Rejected(
          attempted,
          "Google refused the login (" + login.get() + ")",
          "make a new key for the service account, and see that this machine's clock is right");
    }
    return opened && (e.getCode() == 404 || e.getCode() == 410)
        ? sessionLost(attempted, e)
        : byCode(attempted, e);
  }

  private static Failure sessionLost(String attempted, StorageException e) {
    return new Failure.Transient(
        attempted,
        "the object store forgot the upload again and again: " + GcsAnswer.of(e),
        "'run' again later delivers what is missing");
  }

  private Failure byCode(String attempted, StorageException e) {
    return switch (e.getCode()) {
      case 401 ->
          new Failure.Rejected(
              attempted, "no valid login: " + GcsAnswer.of(e), CredentialsFile.REMEDY);
      case 403 ->
          new Failure.Rejected(
              attempted,
              "the bucket refuses: " + GcsAnswer.of(e),
              "give the account the role \"Storage Object User\" on gs://" + bucket);
      case 404 ->
          new Failure.Rejected(
              attempted,
              "the bucket gs://" + bucket + " does not exist: " + GcsAnswer.of(e),
              "make it (gcloud storage buckets create gs://" + bucket + ") or correct --deliver");
      case 0, 408, 429, 500, 502, 503, 504 ->
          new Failure.Store(
              attempted,
              "the object store could not be reached or was busy to the end: " + GcsAnswer.of(e),
              "see whether this machine reaches storage.googleapis.com; what is missing is"
                  + " delivered by the next 'run'");
      default ->
          new Failure.Rejected(
              attempted,
              "the object store refused: " + GcsAnswer.of(e),
              "correct what it names, then give the same command again; what lies here is kept");
    };
  }
}
