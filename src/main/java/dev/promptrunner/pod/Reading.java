package dev.promptrunner.pod;

import java.util.OptionalDouble;

/** What came of asking for the pod's state. */
sealed interface Reading {
  /** For people. */
  String words();

  /**
   * The provider tells the state.
   *
   * @param stopped whether computing has ended, and with it its bill
   * @param words the provider's own word, such as {@code EXITED}
   */
  record Known(boolean stopped, boolean terminated, String words, OptionalDouble dollarsPerHour)
      implements Reading {}

  /**
   * There is no such pod, or none that this key may see.
   *
   * @param seenBefore whether this key did see it earlier: then it is gone
   */
  record NotFound(boolean seenBefore, String words) implements Reading {}

  /** This key may not ask. */
  record Refused(String words) implements Reading {}

  /** No usable answer this time. */
  record Unclear(String words) implements Reading {}

  /** Whether computing has ended for certain. */
  default boolean shows(EndAction action) {
    return switch (this) {
      case Known known -> known.terminated() || (action == EndAction.STOP && known.stopped());
      case NotFound missing -> missing.seenBefore();
      case Refused _, Unclear _ -> false;
    };
  }
}
