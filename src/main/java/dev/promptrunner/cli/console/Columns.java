package dev.promptrunner.cli.console;

/** Widths of text on a terminal, where Chinese takes two columns and an accent none. */
public final class Columns {
  private static final int[][] WIDE = {
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD},
  };

  private Columns() {}

  /** The columns that the text takes; it must hold no escape sequences. */
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  /** The text cut to at most so many columns, with {@code …} where something was cut. */
  public static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int left = columns - 1;
    for (int at : text.codePoints().toArray()) {
      left -= of(at);
      if (left < 0) {
        break;
      }
      kept.appendCodePoint(at);
    }
    return columns < 1 ? "" : kept.append('…').toString();
  }

  /** The text followed by blanks up to so many columns. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** The text after blanks up to so many columns. */
  public static String padLeft(String text, int columns) {
    return " ".repeat(Math.max(0, columns - of(text))) + text;
  }

  /**
   * One line without control characters: what servers answer may hold line ends, or escape
   * sequences that would move the cursor.
   */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " | ").replaceAll("\\p{Cntrl}", "");
  }

  private static int of(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return 2;
      }
    }
    return 1;
  }
}
