package dev.promptrunner.config;

/**
 * What the log tells.
 *
 * @param level the least that is told
 */
public record LogConfig(Level level) {
  /** From the fewest words to the most. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
  }

  static LogConfig of(Resolved settings) {
    return new LogConfig(settings.get(Keys.LOG_LEVEL));
  }
}
