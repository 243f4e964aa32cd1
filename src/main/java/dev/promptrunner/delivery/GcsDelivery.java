package dev.promptrunner.delivery;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Replaces upload sessions that broke, until the object is there or the limits are reached.
 *
 * @param find asks the store for the object of this delivery
 */
record GcsDelivery(
    Storage storage,
    Find find,
    GcsSession session,
    ArchiveContent content,
    GcsErrors errors,
    RetryLimits retries,
    InstantSource clock,
    Sleeper sleeper) {
  /** Looks the object up. */
  @FunctionalInterface
  interface Find {
    Optional<StoredObject> find() throws FailureException;
  }

  DeliveredObject run() throws FailureException {
    for (int count = 1; ; count++) {
      Optional<DeliveredObject> delivered =
          switch (session.run()) {
            case GcsSession.End.Stored(Blob blob) -> accept(blob, count);
            case GcsSession.End.Taken() -> existing();
            case GcsSession.End.Broken(StorageException cause, boolean opened) ->
                broken(cause, opened, count);
          };
      if (delivered.isPresent()) {
        return delivered.get();
      }
      pause(count);
    }
  }

  private Optional<DeliveredObject> accept(Blob blob, int count) throws FailureException {
    StoredObject stored = GcsStore.stored(blob);
    if (stored.holds(content)) {
      return Optional.of(new DeliveredObject(stored, false));
    }
    remove(blob);
    if (count >= retries.sessions()) {
      throw damaged(stored);
    }
    return Optional.empty();
  }

  /** Exactly the generation that this upload made: never what somebody else put there since. */
  private void remove(Blob damaged) throws FailureException {
    try {
      storage.delete(
          damaged.getBlobId(), BlobSourceOption.generationMatch(damaged.getGeneration()));
    } catch (StorageException e) {
      throw errors.failure("removing the damaged " + damaged.getBlobId().toGsUtilUri(), e);
    }
  }

  private FailureException damaged(StoredObject stored) {
    return new FailureException(
        new Failure.Transient(
            session.attempted(),
            "the store kept "
                + stored.facts()
                + " where "
                + content.length()
                + " bytes, CRC32C "
                + content.crc32c()
                + " were sent, "
                + retries.sessions()
                + " times",
            "the damaged object was removed; 'run' again, and suspect the network in between"));
  }

  private Optional<DeliveredObject> existing() throws FailureException {
    Optional<StoredObject> found = find.find();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(AlreadyThere.accept(found.get(), content));
  }

  /** The object may be there all the same, when only the last answer was lost. */
  private Optional<DeliveredObject> broken(StorageException cause, boolean opened, int count)
      throws FailureException {
    if (!opened || !anotherMayDo(cause) || count >= retries.sessions() || impatient()) {
      throw errors.failure(session.attempted(), cause, opened);
    }
    return existing();
  }

  /**
   * 404 and 410: the session is forgotten. 400: bytes were damaged on the way. 0: a connection
   * broke in a way the client does not repeat. On 429 and 5xx it has already been patient.
   */
  private static boolean anotherMayDo(StorageException cause) {
    return switch (cause.getCode()) {
      case 0, 400, 404, 410 -> true;
      default -> false;
    };
  }

  private boolean impatient() {
    Duration waited = Duration.between(session.lastProgress(), clock.instant());
    return waited.compareTo(retries.patience()) > 0;
  }

  private void pause(int count) throws FailureException {
    if (count >= retries.sessions()) {
      throw new FailureException(
          new Failure.Transient(
              session.attempted(),
              "the object came and went while it was sent, " + count + " times",
              "see what else writes or deletes there, then give the same command again"));
    }
    try {
      sleeper.sleep(retries.delayAfter(count));
    } catch (InterruptedException e) {
      throw Source.cancelled(session.attempted(), e);
    }
  }
}
