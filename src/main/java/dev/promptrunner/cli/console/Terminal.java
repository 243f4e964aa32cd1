package dev.promptrunner.cli.console;

/** Where bars are drawn. Used by one thread. */
public interface Terminal {
  /**
   * The terminal's size in characters.
   *
   * @param columns ≥ 1
   * @param rows ≥ 1
   */
  record Size(int columns, int rows) {}

  /** As it is now: a user may resize the window at any time. */
  Size size();

  /** Writes text and escape sequences at once; may block for as long as the terminal does. */
  void write(String text);
}
