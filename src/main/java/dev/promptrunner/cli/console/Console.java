package dev.promptrunner.cli.console;

import dev.promptrunner.event.EventJson;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.plan.Plan;
import java.io.PrintStream;

/**
 * Shows a run. Progress goes to standard error, what the run yields (summary, JSON) to standard
 * output, so that either can be kept alone.
 *
 * <p>Thread-safe; every method but {@link #close} returns at once, however slow the terminal is.
 */
public sealed interface Console extends RunListener, AutoCloseable
    permits LiveConsole, PlainConsole, JsonConsole {
  /** Shows a line that is no event, such as a warning from the log. */
  void line(String text);

  /** Learns what there is to do, for better estimates; may be called again for other works. */
  void expect(Plan plan);

  /** Writes what is pending, then the summary, and leaves the terminal as it was. Idempotent. */
  @Override
  void close();

  /**
   * The ways out.
   *
   * @param terminal for bars
   * @param err for lines of progress
   * @param out for what the run yields
   */
  record Ways(Terminal terminal, PrintStream err, PrintStream out) {}

  /** Starts a console of this form. */
  static Console open(ConsoleForm form, ConsoleSettings settings, Ways ways) {
    return switch (form) {
      case LIVE -> new LiveConsole(settings, ways.terminal(), ways.out());
      case PLAIN -> new PlainConsole(settings, ways.err(), ways.out());
      case JSON -> new JsonConsole(EventJson::write, ways.err(), ways.out());
    };
  }
}
