package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.Sleeper;
import java.time.InstantSource;
import java.util.List;

/** Opens the store a destination names. */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Connects nowhere yet; {@link ObjectStore#verifyAccess()} does.
   *
   * @throws FailureException when the settings have problems or no credentials are to be found
   */
  public static ObjectStore open(DeliverySettings settings, InstantSource clock, Sleeper sleeper)
      throws FailureException {
    List<Problem> problems = settings.problems();
    if (!problems.isEmpty()) {
      throw rejected(settings, problems.getFirst());
    }
    return switch (settings.destination()) {
      case Destination.Bucket bucket -> GcsStore.open(bucket, settings, clock, sleeper);
      case Destination.Folder folder -> new FileStore(folder.folder());
      case Destination.Invalid invalid -> throw rejected(settings, invalid.problem());
    };
  }

  private static FailureException rejected(DeliverySettings settings, Problem problem) {
    return new FailureException(
        new Failure.Rejected(
            "opening the object store " + settings.uri(),
            problem.where() + ": " + problem.what() + ", found '" + problem.found() + "'",
            problem.remedy()));
  }
}
