package dev.promptrunner.simulator;

/** How a prompt's run ended. */
enum Ending {
  SUCCESS,
  ERROR,
  INTERRUPTED;

  /** The word of {@code status_str} in the history record. */
  String status() {
    return this == SUCCESS ? "success" : "error";
  }
}
