package dev.promptrunner.cli.console;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns bars into escape sequences: lines scroll above, bars are overwritten in place. The cursor
 * rests at the end of the last bar. Used by the drawing thread alone.
 *
 * <p>A frame is one write between the marks of a synchronized update, and overwrites before it
 * erases, so nothing flickers. When the window got narrower, a terminal has wrapped the old bars:
 * they are counted by the rows which they take now.
 */
final class Screen {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final String BEGIN = "\u001b[?2026h";
  private static final String END = "\u001b[?2026l";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String ERASE_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private List<String> drawn = List.of();

  /** What to write so that the lines stand above the bars; empty when nothing changed. */
  String frame(List<String> scrolled, List<String> bars, int columns) {
    if (scrolled.isEmpty() && bars.equals(drawn)) {
      return "";
    }
    StringBuilder text = new StringBuilder(BEGIN);
    text.append(bars.isEmpty() ? "" : HIDE_CURSOR).append(home(columns));
    if (!scrolled.isEmpty()) {
      text.append(ERASE_BELOW);
      scrolled.forEach(line -> text.append(line).append('\n'));
    }
    text.append(String.join(ERASE_LINE + "\n", bars)).append(bars.isEmpty() ? "" : ERASE_LINE);
    text.append(ERASE_BELOW).append(bars.isEmpty() ? SHOW_CURSOR : "");
    drawn = List.copyOf(bars);
    return text.append(END).toString();
  }

  private String home(int columns) {
    int rows = drawn.stream().mapToInt(line -> rows(line, columns)).sum();
    return rows > 1 ? "\r\u001b[" + (rows - 1) + "A" : "\r";
  }

  private static int rows(String line, int columns) {
    int width = Columns.of(COLOUR.matcher(line).replaceAll(""));
    return Math.max(1, Math.ceilDiv(width, Math.max(1, columns)));
  }
}
