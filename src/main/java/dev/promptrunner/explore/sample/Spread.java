package dev.promptrunner.explore.sample;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.DoubleFunction;
import tools.jackson.databind.JsonNode;

/**
 * Places of a continuous axis as values that a person can read; the same on every machine. What all
 * places share is computed once.
 */
final class Spread implements DoubleFunction<JsonNode> {
  /** A range has ten thousand steps or more, below a hundred thousand. */
  private static final int DIGITS = 4;

  /** More significant digits than a double holds would be noise. */
  private static final int DIGITS_OF_DOUBLE = 15;

  private static final double LONGS = 0x1p63;

  private final Dimension.Continuous range;
  private final double from;
  private final double to;
  private final int decimals;
  private final Rounding rounding;

  Spread(Dimension.Continuous range) {
    this.range = range;
    this.from = range.min().doubleValue();
    this.to = range.max().doubleValue();
    this.decimals = decimals(range.min(), range.max());
    this.rounding = Rounding.to(decimals);
  }

  /** Decimals to which values of a range are rounded; negative for tens, hundreds, … */
  static int decimals(BigDecimal min, BigDecimal max) {
    int largest = exponent(min.abs().max(max.abs()));
    return Math.min(DIGITS - exponent(max.subtract(min)), DIGITS_OF_DOUBLE - 1 - largest);
  }

  @Override
  public JsonNode apply(double unit) {
    return range.whole() ? JsonNumbers.whole(whole(unit)) : JsonNumbers.fraction(fraction(unit));
  }

  private BigInteger whole(double unit) {
    BigInteger min = range.min().toBigInteger();
    BigInteger max = range.max().toBigInteger();
    if (unit >= 1) {
      return max;
    }
    // One more than the maximum, so that the last number has as large a share as the others.
    return integer(Math.floor(between(to + 1, unit))).max(min).min(max);
  }

  private static BigInteger integer(double whole) {
    return Math.abs(whole) < LONGS
        ? BigInteger.valueOf((long) whole)
        : new BigDecimal(whole).toBigInteger();
  }

  private double fraction(double unit) {
    if (unit <= 0 || from == to) {
      return from;
    }
    return unit >= 1 ? to : Math.clamp(rounded(between(to, unit)), from, to);
  }

  private double rounded(double value) {
    if (range.scale() == Scale.LINEAR) {
      return rounding.of(value);
    }
    int digits = DIGITS - (int) Math.floor(StrictMath.log10(value));
    return Rounding.to(Math.max(decimals, digits)).of(value);
  }

  /** To so many decimals; the double nearest to the decimal number. */
  private record Rounding(int decimals, double factor) {
    /** The greatest power of ten that a double holds exactly. */
    private static final int EXACT = 22;

    static Rounding to(int decimals) {
      return new Rounding(decimals, StrictMath.pow(10, decimals));
    }

    double of(double value) {
      long unscaled = Math.round(value * factor);
      // Of two exact numbers the quotient is as near as can be; elsewhere decimals are.
      return decimals >= 0 && decimals <= EXACT
          ? unscaled / factor
          : BigDecimal.valueOf(unscaled, decimals).doubleValue();
    }
  }

  private double between(double end, double unit) {
    return switch (range.scale()) {
      case LINEAR -> from + unit * (end - from);
      case LOG -> from * StrictMath.pow(end / from, unit);
    };
  }

  private static int exponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }
}
