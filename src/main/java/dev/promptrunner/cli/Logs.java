package dev.promptrunner.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Where the log goes while a command runs. What is opened here is closed by its owner. */
public final class Logs {
  /** The console appender of {@code logback.xml}. */
  static final String CONSOLE = "CONSOLE";

  private static final String PATTERN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %replace(%msg){'\\s*\\R\\s*', ' |"
          + " '}%n";
  private static final long FILE_SIZE = 10_000_000;
  private static final int FILES = 5;

  private Logs() {}

  /** Ends what was opened; idempotent. */
  @FunctionalInterface
  public interface Open extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Writes the log to a file too, one line a message, rolling at 10 MB over at most 5 files. Its
   * folder is created; a file that cannot be written is told on the console and costs only the log.
   */
  public static Open toFile(Path file) {
    LoggerContext context = context();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("FILE");
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context));
    appender.setTriggeringPolicy(bySize(context));
    appender.setRollingPolicy(numbered(context, appender, file));
    appender.start();
    return attached(appender, context.getLogger(Logger.ROOT_LOGGER_NAME), eventLogger(context));
  }

  /**
   * Hands warnings and errors to a console that owns the screen, instead of writing them between
   * its bars.
   */
  public static Open toConsole(Consumer<String> console) {
    LoggerContext context = context();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> usual = root.getAppender(CONSOLE);
    if (usual != null) {
      root.detachAppender(usual);
    }
    Open forwarding = attached(forwarding(context, console), root);
    return () -> {
      forwarding.close();
      if (usual != null) {
        root.addAppender(usual);
      }
    };
  }

  /** Events are logged by this name; the console shows them itself. */
  private static Logger eventLogger(LoggerContext context) {
    return context.getLogger(EventLog.NAME);
  }

  private static Open attached(Appender<ILoggingEvent> appender, Logger... loggers) {
    for (Logger logger : loggers) {
      logger.addAppender(appender);
    }
    return () -> {
      for (Logger logger : loggers) {
        logger.detachAppender(appender);
      }
      appender.stop();
    };
  }

  private static Appender<ILoggingEvent> forwarding(
      LoggerContext context, Consumer<String> console) {
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
              console.accept(event.getFormattedMessage());
            }
          }
        };
    appender.setContext(context);
    appender.start();
    return appender;
  }

  private static PatternLayoutEncoder encoder(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    return encoder;
  }

  private static SizeBasedTriggeringPolicy<ILoggingEvent> bySize(LoggerContext context) {
    SizeBasedTriggeringPolicy<ILoggingEvent> policy = new SizeBasedTriggeringPolicy<>();
    policy.setContext(context);
    policy.setMaxFileSize(new FileSize(FILE_SIZE));
    policy.setCheckIncrement(Duration.buildByMilliseconds(1));
    policy.start();
    return policy;
  }

  private static FixedWindowRollingPolicy numbered(
      LoggerContext context, RollingFileAppender<ILoggingEvent> appender, Path file) {
    FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file + ".%i");
    policy.setMinIndex(1);
    policy.setMaxIndex(FILES - 1);
    policy.start();
    return policy;
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
