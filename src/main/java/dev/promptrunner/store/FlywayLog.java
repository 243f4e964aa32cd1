package dev.promptrunner.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets only Flyway's warnings and errors through; public because Flyway makes it by its name. */
public final class FlywayLog implements LogCreator {
  @Override
  public Log createLogger(Class<?> source) {
    return new Quiet(LoggerFactory.getLogger(source));
  }

  private record Quiet(Logger log) implements Log {
    @Override
    public void debug(String message) {
      log.trace(message);
    }

    @Override
    public void info(String message) {
      log.trace(message);
    }

    @Override
    public void notice(String message) {
      log.trace(message);
    }

    @Override
    public void warn(String message) {
      log.warn(message);
    }

    @Override
    public void error(String message) {
      log.error(message);
    }

    @Override
    public void error(String message, Exception cause) {
      log.error(message, cause);
    }
  }
}
