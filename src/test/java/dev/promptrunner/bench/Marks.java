package dev.promptrunner.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints what a benchmark measured, the mark it must reach and whether it did; ends the process
 * with 1 when any mark was missed.
 */
final class Marks {
  private boolean missed;

  /** A line for the reader, without a mark. */
  void say(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  void atMost(String what, double found, double mark, String unit) {
    check(what, found, "at most", mark, unit, found <= mark);
  }

  void atLeast(String what, double found, double mark, String unit) {
    check(what, found, "at least", mark, unit, found >= mark);
  }

  private void check(
      String what, double found, String bound, double mark, String unit, boolean good) {
    say(
        "%-52s %10s %-3s  mark: %s %s %s  %s",
        what, number(found), unit, bound, number(mark), unit, good ? "PASS" : "MISSED");
    missed |= !good;
  }

  /** Three digits that count. */
  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }

  void exit() {
    System.out.flush();
    System.exit(missed ? 1 : 0);
  }

  static double median(List<Double> values) {
    return median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
