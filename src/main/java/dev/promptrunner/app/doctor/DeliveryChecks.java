package dev.promptrunner.app.doctor;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.delivery.BucketRights;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.delivery.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether finished videos will arrive, and by what right. */
final class DeliveryChecks {
  private static final String STORE = "object store";
  private static final String RIGHTS = "rights";
  private static final String KEY = "key file";

  private final DeliverySettings settings;
  private final InstantSource clock;
  private final Sleeper sleeper;

  DeliveryChecks(DeliverySettings settings, InstantSource clock, Sleeper sleeper) {
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  static Finding none(boolean podExists) {
    String found = "nothing is delivered: finished videos stay in the output folder";
    return podExists
        ? Finding.warning(
            Area.DELIVERY,
            STORE,
            found + ", on a pod",
            "name a bucket with --deliver gs://BUCKET/PREFIX before the pod is gone")
        : Finding.ok(Area.DELIVERY, STORE, found);
  }

  /** Writes, reads and removes a probe. */
  Finding store() throws FailureException {
    List<Problem> problems = settings.problems();
    if (!problems.isEmpty()) {
      return RecipeFindings.of(Area.DELIVERY, STORE, problems.getFirst());
    }
    try (ObjectStore store = ObjectStores.open(settings, clock, sleeper)) {
      Optional<Problem> kept = store.verifyAccess();
      String found = settings.uri() + ": a probe was written, read and removed";
      return kept.map(
              problem ->
                  Finding.warning(
                      Area.DELIVERY,
                      STORE,
                      settings.uri() + ": " + problem.what(),
                      problem.remedy()))
          .orElseGet(() -> Finding.ok(Area.DELIVERY, STORE, found));
    }
  }

  /** What the account may do; nothing for a folder, whose probe tells all. */
  List<Finding> rights() {
    if (!isBucket() || !settings.problems().isEmpty()) {
      return List.of();
    }
    try {
      return List.of(asked());
    } catch (FailureException e) {
      return List.of(
          Finding.warning(
              Area.DELIVERY,
              RIGHTS,
              "not looked at: " + e.failure().found(),
              "see to the line 'object store' first"));
    }
  }

  private Finding asked() throws FailureException {
    return BucketRights.ask(settings)
        .map(DeliveryChecks::rights)
        .orElseGet(
            () ->
                Finding.ok(
                    Area.DELIVERY, RIGHTS, "the store does not tell them; the probe counts"));
  }

  private static Finding rights(BucketRights rights) {
    if (!rights.missing().isEmpty()) {
      return Finding.problem(
          Area.DELIVERY,
          RIGHTS,
          "missing: " + String.join(", ", rights.missing()),
          "give the account the role \"Storage Object User\" on the bucket");
    }
    if (!rights.tooMany().isEmpty()) {
      return Finding.warning(
          Area.DELIVERY,
          RIGHTS,
          "more than a delivery needs: " + String.join(", ", rights.tooMany()),
          "put a key on rented machines that has the role \"Storage Object User\" alone");
    }
    return rights.useful().isEmpty()
        ? Finding.ok(Area.DELIVERY, RIGHTS, "create, get and delete objects, nothing dangerous")
        : Finding.warning(
            Area.DELIVERY,
            RIGHTS,
            "missing: " + String.join(", ", rights.useful()),
            "nothing, if the bucket is meant to keep everything: the probe object stays there");
  }

  /**
   * Who else on this machine may read the key; nothing without one, and its content is not read.
   */
  List<Finding> key() throws IOException {
    Optional<Path> file = settings.credentialsFile();
    if (file.isEmpty() || !isBucket() || !Files.isRegularFile(file.get())) {
      return List.of();
    }
    if (!Files.getFileStore(file.get()).supportsFileAttributeView("posix")) {
      return List.of();
    }
    return List.of(key(file.get(), Files.getPosixFilePermissions(file.get())));
  }

  private static Finding key(Path file, Set<PosixFilePermission> permissions) {
    boolean others =
        permissions.contains(PosixFilePermission.OTHERS_READ)
            || permissions.contains(PosixFilePermission.GROUP_READ);
    return others
        ? Finding.warning(
            Area.DELIVERY,
            KEY,
            file + " can be read by other users of this machine",
            "chmod 600 " + file)
        : Finding.ok(Area.DELIVERY, KEY, file + ", for this user alone");
  }

  private boolean isBucket() {
    return settings.uri().startsWith("gs://");
  }
}
