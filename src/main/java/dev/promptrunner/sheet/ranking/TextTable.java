package dev.promptrunner.sheet.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as their widest cell, two blanks apart. One thread. */
final class TextTable {
  private static final int WIDEST = 32;

  private final List<List<String>> rows = new ArrayList<>();

  /** The first row is the heading; every row has as many cells. */
  void row(List<String> cells) {
    rows.add(cells.stream().map(TextTable::cell).toList());
  }

  /** Lines without blanks at their ends, each with a line feed. */
  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths) + "\n").collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> row.get(column) + " ".repeat(widths[column] - width(row.get(column))))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  /** One line without control characters, cut where it would push others off the screen. */
  private static String cell(String text) {
    String line = text.strip().replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "");
    return width(line) <= WIDEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, WIDEST - 1)) + "…";
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
