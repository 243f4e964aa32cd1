package dev.promptrunner.config;

/**
 * What the log tells.
 *
 * @param level the least that is told
 * @param form of the log file
 */
public record LogConfig(Level level, Form form) {
  /** From the fewest words to the most. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  /** How a line of the log file looks. */
  public enum Form {
    TEXT,
    JSON
  }

  static LogConfig of(Resolved settings) {
    return new LogConfig(settings.get(Keys.LOG_LEVEL), settings.get(Keys.LOG_FORM));
  }
}
