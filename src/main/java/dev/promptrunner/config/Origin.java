package dev.promptrunner.config;

/** Where a value came from. */
public sealed interface Origin {
  /** For people and as the place of a problem. */
  String words();

  /** The command line. */
  record Flag(String words) implements Origin {}

  /** An environment variable. */
  record Variable(String words) implements Origin {}

  /**
   * The settings file.
   *
   * @param words file and line: {@code prompt-runner.yaml:3}
   */
  record File(String words) implements Origin {}

  /** Nobody said anything. */
  record Default() implements Origin {
    @Override
    public String words() {
      return "default";
    }
  }
}
