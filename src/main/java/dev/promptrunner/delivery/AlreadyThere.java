package dev.promptrunner.delivery;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;

/** The one rule for an object whose name is taken: equal is delivered, different is refused. */
final class AlreadyThere {
  private AlreadyThere() {}

  static DeliveredObject accept(StoredObject found, ArchiveContent content)
      throws FailureException {
    if (found.holds(content)) {
      return new DeliveredObject(found, true);
    }
    throw new FailureException(
        new Failure.Rejected(
            "delivering " + found.uri(),
            "an object of that name is already there with other content ("
                + found.facts()
                + "; ours: "
                + content.length()
                + " bytes, CRC32C "
                + content.crc32c()
                + ")",
            "it is never overwritten: move or delete it there, or deliver to another prefix, then"
                + " 'run' again"));
  }
}
