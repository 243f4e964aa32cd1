package dev.promptrunner.store;

/**
 * The state of the output root could not be read or written. The message says what was attempted,
 * what was found and what to do; nothing is ever repaired or deleted by the program itself.
 */
public final class StoreException extends RuntimeException {
  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
