package dev.promptrunner.cli;

import dev.promptrunner.cli.console.Columns;
import dev.promptrunner.cli.console.Terminal;
import java.util.Optional;

/** One line at the foot of a terminal that is written over; nothing where there is none. */
final class StatusLine {
  private static final String CLEAR = "\r\u001b[K";

  private final Optional<Terminal> terminal;
  private boolean shown;

  StatusLine(Optional<Terminal> terminal) {
    this.terminal = terminal;
  }

  /** Shows the text, cut to the terminal's width. */
  synchronized void show(String text) {
    terminal.ifPresent(
        screen -> {
          int width = Math.max(1, screen.size().columns() - 1);
          screen.write(CLEAR + Columns.cut(Columns.oneLine(text), width));
          shown = true;
        });
  }

  /** Takes the text away, so that a line can be printed. */
  synchronized void clear() {
    if (shown) {
      terminal.ifPresent(screen -> screen.write(CLEAR));
      shown = false;
    }
  }
}
