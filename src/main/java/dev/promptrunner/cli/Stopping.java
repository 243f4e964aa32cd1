package dev.promptrunner.cli;

/** What is said when somebody asks for an end in good time. */
final class Stopping {
  private Stopping() {}

  /**
   * @param finishes whether anything may be rendered now; else it ends at once
   */
  static String words(boolean finishes) {
    return finishes
        ? "finishing what is being rendered and beginning nothing more; Ctrl-C to stop at once"
        : "stopping: nothing was being rendered yet";
  }
}
