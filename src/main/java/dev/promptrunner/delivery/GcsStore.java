package dev.promptrunner.delivery;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.Sleeper;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A bucket of Google Cloud Storage, spoken to by Google's own client over HTTP. Needs the rights to
 * create, get and (for the probe) delete objects, not the right to see the bucket itself.
 */
final class GcsStore implements ObjectStore {
  private final Destination.Bucket destination;
  private final Storage storage;
  private final GcsErrors errors;
  private final RetryLimits retries;
  private final InstantSource clock;
  private final Sleeper sleeper;

  private GcsStore(
      Destination.Bucket destination,
      Storage storage,
      RetryLimits retries,
      InstantSource clock,
      Sleeper sleeper) {
    this.destination = destination;
    this.storage = storage;
    this.errors = new GcsErrors(destination.bucket());
    this.retries = retries;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  static GcsStore open(
      Destination.Bucket bucket, DeliverySettings settings, InstantSource clock, Sleeper sleeper)
      throws FailureException {
    var credentials = GcsCredentials.of(settings, GoogleCredentials::getApplicationDefault);
    Storage storage = GcsClient.connect(credentials, settings.host(), settings.retries());
    return new GcsStore(bucket, storage, settings.retries(), clock, sleeper);
  }

  @Override
  public String uri(String name) {
    return "gs://" + destination.bucket() + "/" + objectName(name);
  }

  private String objectName(String name) {
    return destination.prefix().isEmpty() ? name : destination.prefix() + "/" + name;
  }

  private BlobId id(String name) {
    return BlobId.of(destination.bucket(), objectName(name));
  }

  @Override
  public Optional<StoredObject> find(String name) throws FailureException {
    try {
      return Optional.ofNullable(storage.get(id(name))).map(GcsStore::stored);
    } catch (StorageException e) {
      throw errors.failure("asking for " + uri(name), e);
    }
  }

  static StoredObject stored(Blob blob) {
    return new StoredObject(
        blob.getBlobId().toGsUtilUri(), blob.getSize(), Crc32c.ofBase64(blob.getCrc32c()));
  }

  @Override
  public DeliveredObject put(String name, ArchiveContent content, ProgressListener progress)
      throws FailureException {
    Optional<StoredObject> before = find(name);
    if (before.isPresent()) {
      return AlreadyThere.accept(before.get(), content);
    }
    GcsSession session = new GcsSession(storage, id(name), content, progress, clock);
    return new GcsDelivery(
            storage, () -> find(name), session, content, errors, retries, clock, sleeper)
        .run();
  }

  @Override
  public Optional<Problem> verifyAccess() throws FailureException {
    return new GcsProbe(storage, id(GcsProbe.NAME), errors).run();
  }

  @Override
  public void close() {
    try {
      storage.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing the connections to " + uri(""), e);
    }
  }
}
