package dev.promptrunner.cli;

/** How far the looking at results is. */
final class LookingBar {
  private static final int WIDTH = 30;

  private LookingBar() {}

  /** {@code looking at results [██████ ] 120 of 200}. */
  static String text(int done, int total) {
    int full = total == 0 ? WIDTH : (int) ((long) WIDTH * done / total);
    return "looking at results [%s%s] %d of %d"
        .formatted("█".repeat(full), " ".repeat(WIDTH - full), done, total);
  }
}
