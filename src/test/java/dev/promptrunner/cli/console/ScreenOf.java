package dev.promptrunner.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A terminal that keeps what a person would see: it wraps, scrolls and understands the escape
 * sequences that the console writes; any other makes the test fail.
 */
final class ScreenOf implements Terminal {
  private static final Pattern ESCAPE = Pattern.compile("\u001b\\[(\\??)([0-9;]*)([A-Za-z])");

  private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
  private final int height;
  private int width;
  private int row;
  private int column;
  private boolean cursorShown = true;
  private boolean updating;

  ScreenOf(int width, int height) {
    this.width = width;
    this.height = height;
  }

  @Override
  public synchronized Size size() {
    return new Size(width, height);
  }

  /** Narrows or widens the window and wraps what stands in it anew, as most terminals do. */
  synchronized void resize(int columns) {
    List<StringBuilder> before = List.copyOf(rows);
    rows.clear();
    width = columns;
    for (StringBuilder line : before) {
      String text = line.toString().stripTrailing();
      do {
        int end = Math.min(columns, text.length());
        rows.add(new StringBuilder(text.substring(0, end)));
        text = text.substring(end);
      } while (!text.isEmpty());
    }
    row = rows.size() - 1;
    column = rows.get(row).length();
  }

  @Override
  public synchronized void write(String text) {
    Matcher escape = ESCAPE.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '\u001b') {
        if (!escape.find(at) || escape.start() != at) {
          throw new AssertionError("not an escape sequence: " + text.substring(at));
        }
        obey(escape.group(1), escape.group(2), escape.group(3).charAt(0));
        at = escape.end();
      } else {
        print(text.charAt(at++));
      }
    }
  }

  private void obey(String mark, String number, char command) {
    if (!mark.isEmpty()) {
      switch (number) {
        case "25" -> cursorShown = command == 'h';
        case "2026" -> updating = command == 'h';
        default -> throw new AssertionError("unknown mode " + number);
      }
      return;
    }
    switch (command) {
      case 'A' -> row = Math.max(0, row - Integer.parseInt(number));
      case 'K' -> rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      case 'J' -> {
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
        while (rows.size() > row + 1) {
          rows.removeLast();
        }
      }
      case 'm' -> {
        // Colours are not seen here.
      }
      default -> throw new AssertionError("unknown escape sequence ending in " + command);
    }
  }

  private void print(char character) {
    if (character == '\r') {
      column = 0;
    } else if (character == '\n') {
      down();
    } else {
      if (column == width) {
        down();
      }
      StringBuilder line = rows.get(row);
      while (line.length() <= column) {
        line.append(' ');
      }
      line.setCharAt(column++, character);
    }
  }

  private void down() {
    row++;
    column = 0;
    if (row == rows.size()) {
      rows.add(new StringBuilder());
    }
  }

  /** All rows, also those scrolled out of the window, without blanks at their ends. */
  synchronized String text() {
    return rows.stream()
        .map(line -> line.toString().stripTrailing())
        .collect(Collectors.joining("\n"));
  }

  synchronized boolean isRestored() {
    return cursorShown && !updating;
  }
}
