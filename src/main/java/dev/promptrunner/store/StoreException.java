package dev.promptrunner.store;

/**
 * The state of the output root could not be read or written. The message says what was attempted,
 * what was found and what to do; nothing is ever repaired or deleted by the program itself.
 */
public final class StoreException extends RuntimeException {
  private final boolean ofTheDisk;

  StoreException(String message) {
    super(message);
    this.ofTheDisk = false;
  }

  StoreException(String message, Throwable cause, boolean ofTheDisk) {
    super(message, cause);
    this.ofTheDisk = ofTheDisk;
  }

  /** Whether the disk was full, read-only or broken; what was committed before is whole. */
  public boolean isOfTheDisk() {
    return ofTheDisk;
  }
}
