package dev.promptrunner.notice;

import java.time.Duration;
import java.util.Optional;

/** What became of one try to send a notice. */
sealed interface Reply {
  record Taken() implements Reply {}

  /**
   * May go away by itself.
   *
   * @param pause that the receiver asks for
   */
  record Later(String words, Optional<Duration> pause) implements Reply {}

  /** The same notice will be refused again. */
  record Refused(String words) implements Reply {}
}
