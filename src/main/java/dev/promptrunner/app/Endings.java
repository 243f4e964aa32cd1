package dev.promptrunner.app;

import dev.promptrunner.execution.Outcome;

/** Exit codes by how a run ended; the numbers are the design's. */
public final class Endings {
  private Endings() {}

  /** 0 when every prompt file was done, else the code of what weighs most. */
  public static int code(Outcome outcome) {
    return switch (outcome.end()) {
      case CANCELLED -> 130;
      case SERVER_GONE -> 4;
      case DISK_FULL -> 1;
      case STOPPED -> outcome.count(Outcome.State.OPEN) > 0 ? 130 : ended(outcome);
      case FINISHED, BROKEN_OFF, LIMIT_REACHED -> ended(outcome);
    };
  }

  private static int ended(Outcome outcome) {
    if (outcome.count(Outcome.State.FAILED) + outcome.count(Outcome.State.OPEN) > 0) {
      return 1;
    }
    return outcome.count(Outcome.State.DELIVERY_FAILED) > 0 ? 5 : 0;
  }
}
