package dev.promptrunner.sheet.print;

/** Where things stand on a page of A4 across, in points (1/72 inch) from the upper left. */
final class Paper {
  static final float WIDTH = 842;
  static final float HEIGHT = 595;
  static final float MARGIN = 28;
  static final float INNER_WIDTH = WIDTH - 2 * MARGIN;

  /** Between cells beside and below each other. */
  static final float GAP = 12;

  static final float TOP = 56;
  static final float BOTTOM = HEIGHT - 34;
  static final float INNER_HEIGHT = BOTTOM - TOP;

  private Paper() {}

  static float columnWidth(int columns) {
    return (INNER_WIDTH - (columns - 1) * GAP) / columns;
  }
}
