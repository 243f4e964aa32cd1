package dev.promptrunner.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of text in columns as wide as their widest cell, two blanks apart. A cell is one line
 * without control characters, cut where it would push others off the screen. One thread.
 */
public final class TextTable {
  private static final int USUALLY_WIDEST = 32;

  private final int widest;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable() {
    this(USUALLY_WIDEST);
  }

  /**
   * @param widest columns of a cell, ≥ 1
   */
  public TextTable(int widest) {
    this.widest = widest;
  }

  /** The first row is the heading; every row has as many cells. */
  public void row(List<String> cells) {
    rows.add(cells.stream().map(cell -> Columns.cut(Columns.oneLine(cell), widest)).toList());
  }

  /** Lines without blanks at their ends, each with a line feed. */
  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(
                column ->
                    rows.stream().mapToInt(row -> Columns.of(row.get(column))).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths) + "\n").collect(Collectors.joining());
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> Columns.pad(row.get(column), widths[column]))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
