package dev.promptrunner.store;

import java.nio.file.Path;

/** Another process writes to the output root; the message names it and says what to do. */
public final class OutputRootBusyException extends Exception {
  private final transient Owner owner;

  OutputRootBusyException(Path outputRoot, Owner owner) {
    super(
        ("opening the output root %s: process %s has been writing to it since %s — wait until it"
                + " has ended, end it%s (finished jobs are kept), or give this run another"
                + " --output")
            .formatted(outputRoot, owner.named(), owner.held(), kill(owner)));
    this.owner = owner;
  }

  private static String kill(Owner owner) {
    return owner.pid() == 0 ? "" : " with 'kill " + owner.pid() + "'";
  }

  /** The process id of the one that holds it; 0 when that is not known. */
  public long pid() {
    return owner.pid();
  }
}
