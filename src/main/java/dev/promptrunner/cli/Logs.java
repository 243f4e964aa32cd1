package dev.promptrunner.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.promptrunner.base.Redaction;
import dev.promptrunner.config.LogConfig;
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

  /** Where the context keeps what the layouts take out of every line. */
  private static final String REDACTION = "dev.promptrunner.redaction";

  /** What the log level of the settings is about. */
  private static final String OURS = "dev.promptrunner";

  private Logs() {}

  /**
   * From now on no line of the log, in the file or on the console, shows what the redaction knows.
   */
  public static void hide(Redaction redaction) {
    context().putObject(REDACTION, redaction);
  }

  /** The text without the secrets that were hidden; for what is printed beside the log. */
  static String clean(String text) {
    return clean(context(), text);
  }

  static String clean(Context context, String text) {
    return context.getObject(REDACTION) instanceof Redaction known ? known.clean(text) : text;
  }

  /** Ends what was opened; idempotent. */
  @FunctionalInterface
  public interface Open extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Writes the log to a file too, one line a message, rolling at 10 MB over at most 5 files. Its
   * folder is created; a file that cannot be written is told on the console and costs only the log.
   *
   * @param settings the form of a line, and the least that is told until it is closed
   */
  public static Open toFile(Path file, LogConfig settings) {
    LoggerContext context = context();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("FILE");
    appender.setFile(file.toString());
    appender.setEncoder(encoder(context, layout(context, settings.form())));
    appender.setTriggeringPolicy(bySize(context));
    appender.setRollingPolicy(numbered(context, appender, file));
    appender.start();
    Open levels = level(context, Level.toLevel(settings.level().name()));
    Open attached =
        attached(appender, context.getLogger(Logger.ROOT_LOGGER_NAME), eventLogger(context));
    return () -> {
      attached.close();
      levels.close();
    };
  }

  private static Open level(LoggerContext context, Level wanted) {
    Logger ours = context.getLogger(OURS);
    Logger events = eventLogger(context);
    Level oursBefore = ours.getLevel();
    Level eventsBefore = events.getLevel();
    ours.setLevel(wanted);
    events.setLevel(wanted);
    return () -> {
      ours.setLevel(oursBefore);
      events.setLevel(eventsBefore);
    };
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
              console.accept(clean(getContext(), event.getFormattedMessage()));
            }
          }
        };
    appender.setContext(context);
    appender.start();
    return appender;
  }

  private static Layout<ILoggingEvent> layout(LoggerContext context, LogConfig.Form form) {
    Layout<ILoggingEvent> layout =
        switch (form) {
          case JSON -> new JsonLayout();
          case TEXT -> {
            RedactedLayout text = new RedactedLayout();
            text.setPattern(PATTERN);
            yield text;
          }
        };
    layout.setContext(context);
    layout.start();
    return layout;
  }

  private static LayoutWrappingEncoder<ILoggingEvent> encoder(
      LoggerContext context, Layout<ILoggingEvent> layout) {
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
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
