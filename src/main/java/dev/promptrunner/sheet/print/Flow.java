package dev.promptrunner.sheet.print;

import java.util.ArrayList;
import java.util.List;

/** Cells in rows, rows on pages. */
final class Flow {
  private Flow() {}

  /**
   * A row on its page.
   *
   * @param top from the top of the page's inner area
   */
  record Row(List<Cell> cells, float top) {}

  /** At least one page; a row is never torn. */
  static List<List<Row>> pages(List<Cell> cells, int columns) {
    List<List<Row>> pages = new ArrayList<>(List.of(new ArrayList<>()));
    float top = 0;
    for (int from = 0; from < cells.size(); from += columns) {
      List<Cell> row = cells.subList(from, Math.min(cells.size(), from + columns));
      float height = (float) row.stream().mapToDouble(Cell::height).max().orElseThrow();
      if (top > 0 && top + height > Paper.INNER_HEIGHT) {
        pages.add(new ArrayList<>());
        top = 0;
      }
      pages.getLast().add(new Row(row, top));
      top += height + Paper.GAP;
    }
    return pages;
  }
}
