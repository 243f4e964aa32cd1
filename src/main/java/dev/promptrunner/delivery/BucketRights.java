package dev.promptrunner.delivery;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.promptrunner.base.FailureException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the account may do with a bucket, by the bucket's own word.
 *
 * @param missing rights without which a delivery fails
 * @param useful rights that are missing and that a delivery can do without
 * @param tooMany rights that it has and that no delivery needs
 */
public record BucketRights(Set<String> missing, Set<String> useful, Set<String> tooMany) {
  private static final List<String> NEEDED =
      List.of("storage.objects.create", "storage.objects.get");

  /** Stand-ins of the store know no rights; a bucket that is not there is the probe's to tell. */
  private static final List<Integer> NO_SUCH_QUESTION = List.of(400, 404, 501);

  private static final List<String> USEFUL = List.of("storage.objects.delete");
  private static final List<String> DANGEROUS =
      List.of("storage.buckets.delete", "storage.buckets.setIamPolicy");

  /**
   * Asks the bucket.
   *
   * @return empty when the destination is no bucket, or the store does not answer such questions
   * @throws FailureException when there are no credentials, or the store cannot be reached
   */
  public static Optional<BucketRights> ask(DeliverySettings settings) throws FailureException {
    if (!(settings.destination() instanceof Destination.Bucket bucket)) {
      return Optional.empty();
    }
    var credentials = GcsCredentials.of(settings, GoogleCredentials::getApplicationDefault);
    Storage storage = GcsClient.connect(credentials, settings.host(), settings.retries());
    try {
      return Optional.of(of(storage, bucket.bucket()));
    } catch (StorageException e) {
      if (NO_SUCH_QUESTION.contains(e.getCode())) {
        return Optional.empty();
      }
      throw new GcsErrors(bucket.bucket())
          .failure("asking gs://" + bucket.bucket() + " what this account may do", e);
    } finally {
      close(storage);
    }
  }

  private static void close(Storage storage) {
    try {
      storage.close();
    } catch (Exception e) {
      throw new IllegalStateException("closing the connections to the bucket", e);
    }
  }

  private static BucketRights of(Storage storage, String bucket) {
    List<String> asked = new ArrayList<>(NEEDED);
    asked.addAll(USEFUL);
    asked.addAll(DANGEROUS);
    List<Boolean> held = storage.testIamPermissions(bucket, asked);
    Set<String> has = new LinkedHashSet<>();
    for (int i = 0; i < asked.size(); i++) {
      if (held.get(i)) {
        has.add(asked.get(i));
      }
    }
    return new BucketRights(without(NEEDED, has), without(USEFUL, has), kept(DANGEROUS, has));
  }

  private static Set<String> without(List<String> wanted, Set<String> has) {
    Set<String> rest = new LinkedHashSet<>(wanted);
    rest.removeAll(has);
    return rest;
  }

  private static Set<String> kept(List<String> wanted, Set<String> has) {
    Set<String> rest = new LinkedHashSet<>(wanted);
    rest.retainAll(has);
    return rest;
  }
}
