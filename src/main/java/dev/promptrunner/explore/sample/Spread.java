package dev.promptrunner.explore.sample;

import java.math.BigDecimal;

/** Places of a continuous axis as values that a person can read; the same on every machine. */
final class Spread {
  /** A range has ten thousand steps or more, below a hundred thousand. */
  private static final int DIGITS = 4;

  /** More significant digits than a double holds would be noise. */
  private static final int DIGITS_OF_DOUBLE = 15;

  private Spread() {}

  static BigDecimal at(Dimension.Continuous range, double unit) {
    if (unit <= 0) {
      return range.min();
    }
    if (unit >= 1) {
      return range.max();
    }
    BigDecimal value = range.whole() ? whole(range, unit) : rounded(range, unit);
    return value.max(range.min()).min(range.max());
  }

  /** Decimals to which values of a range are rounded; negative for tens, hundreds, … */
  static int decimals(BigDecimal min, BigDecimal max) {
    int largest = exponent(min.abs().max(max.abs()));
    return Math.min(DIGITS - exponent(max.subtract(min)), DIGITS_OF_DOUBLE - 1 - largest);
  }

  private static BigDecimal whole(Dimension.Continuous range, double unit) {
    // One more than the maximum, so that the last number has as large a share as the others.
    BigDecimal end = range.max().add(BigDecimal.ONE);
    return new BigDecimal(Math.floor(between(range, end, unit)));
  }

  private static BigDecimal rounded(Dimension.Continuous range, double unit) {
    double value = between(range, range.max(), unit);
    int decimals = decimals(range.min(), range.max());
    if (range.scale() == Scale.LOG) {
      decimals = Math.max(decimals, DIGITS - (int) Math.floor(StrictMath.log10(value)));
    }
    return BigDecimal.valueOf(Math.round(value * StrictMath.pow(10, decimals)), decimals);
  }

  private static double between(Dimension.Continuous range, BigDecimal end, double unit) {
    double from = range.min().doubleValue();
    double to = end.doubleValue();
    return switch (range.scale()) {
      case LINEAR -> from + unit * (to - from);
      case LOG -> from * StrictMath.pow(to / from, unit);
    };
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }
}
