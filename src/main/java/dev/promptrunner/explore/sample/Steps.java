package dev.promptrunner.explore.sample;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;

/** Even levels in decimals: 0.1, 0.2, 0.3 and not 0.30000000000000004. */
final class Steps {
  private Steps() {}

  /** How many levels a step makes from min to at most max. */
  static BigInteger count(BigDecimal min, BigDecimal max, BigDecimal step) {
    return max.subtract(min).divideToIntegralValue(step).toBigInteger().add(BigInteger.ONE);
  }

  static List<BigDecimal> byStep(BigDecimal min, BigDecimal step, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> step.multiply(BigDecimal.valueOf(i)).add(min))
        .toList();
  }

  /** From min to max, both included; thirds and the like are rounded, finer for many levels. */
  static List<BigDecimal> byCount(BigDecimal min, BigDecimal max, int count) {
    int finer = Spread.decimals(min, max) + Integer.toString(count).length();
    return evenly(min, max, count, Math.max(finer, Math.max(min.scale(), max.scale())));
  }

  /** The same, rounded to whole numbers. */
  static List<BigDecimal> wholeByCount(BigDecimal min, BigDecimal max, int count) {
    return evenly(min, max, count, 0);
  }

  private static List<BigDecimal> evenly(BigDecimal min, BigDecimal max, int count, int decimals) {
    BigDecimal parts = BigDecimal.valueOf(Math.max(1, count - 1));
    BigDecimal span = max.subtract(min);
    return IntStream.range(0, count)
        .mapToObj(i -> span.multiply(BigDecimal.valueOf(i)))
        .map(part -> part.divide(parts, decimals, RoundingMode.HALF_EVEN).add(min))
        .toList();
  }
}
