package dev.promptrunner.sheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The values that a range may be narrowed to, ascending: its two ends, and what was tried with its
 * neighbours. Around favourites the range then goes one rung further on each side.
 */
final class Ladder {
  private static final MathContext SHORT = new MathContext(5, RoundingMode.HALF_EVEN);

  private Ladder() {}

  /**
   * One value.
   *
   * @param at the value to compare with those tried
   * @param text as a sweep file has it
   */
  record Rung(double at, String text) {}

  /**
   * The ladder of one range.
   *
   * @param step between two levels; without one every value between the ends is possible, and the
   *     neighbours of a value are the nearest others that were tried
   * @param tried the values that results have; those outside the range are left out
   */
  static List<Rung> of(
      BigDecimal min, BigDecimal max, Optional<BigDecimal> step, Collection<BigDecimal> tried) {
    TreeSet<BigDecimal> levels = new TreeSet<>(List.of(min, max));
    for (BigDecimal value : tried) {
      levels.add(value);
      step.ifPresent(
          distance -> {
            levels.add(value.subtract(distance));
            levels.add(value.add(distance));
          });
    }
    TreeMap<Double, Rung> rungs = new TreeMap<>();
    for (BigDecimal level : levels.subSet(min, true, max, true)) {
      BigDecimal written = step.isPresent() ? level : rounded(level, min, max);
      rungs.putIfAbsent(level.doubleValue(), new Rung(level.doubleValue(), text(written)));
    }
    return new ArrayList<>(rungs.values());
  }

  /** Fifteen digits of a sampled value help nobody. */
  private static BigDecimal rounded(BigDecimal value, BigDecimal min, BigDecimal max) {
    return value.equals(min) || value.equals(max) ? value : value.round(SHORT).max(min).min(max);
  }

  private static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
