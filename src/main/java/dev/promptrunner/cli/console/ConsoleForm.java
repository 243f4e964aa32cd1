package dev.promptrunner.cli.console;

import java.util.Map;

/** How a run is shown. */
public enum ConsoleForm {
  /** Bars that are redrawn, on a terminal. */
  LIVE,
  /** One line for each event that matters, for files and pipes. */
  PLAIN,
  /** One JSON object for each event, for programs. */
  JSON;

  /**
   * The form for these circumstances.
   *
   * @param json whether {@code --json} was given: it wins
   * @param terminal whether standard error, where the bars go, is a terminal
   * @param environment {@code TERM=dumb} cannot move the cursor
   */
  public static ConsoleForm choose(
      boolean json, boolean terminal, Map<String, String> environment) {
    if (json) {
      return JSON;
    }
    return terminal && !"dumb".equals(environment.get("TERM")) ? LIVE : PLAIN;
  }
}
