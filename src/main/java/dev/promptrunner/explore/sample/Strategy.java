package dev.promptrunner.explore.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the points of an explored space are chosen. */
public enum Strategy {
  /**
   * Sobol's sequence: evenly spread for every number of points, best for a power of two. More
   * points later keep those of before.
   */
  SOBOL,
  /** Latin hypercube: each of n equal strata of each dimension holds exactly one of n points. */
  LHS,
  /** Every combination of all levels; the first dimension varies slowest. */
  GRID,
  /** Independent points, evenly distributed. More points later keep those of before. */
  RANDOM,
  /** All dimensions together from their minimum to their maximum. */
  LINEAR;

  /** As a sweep file has it: {@code sobol}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Strategy> of(String key) {
    return Arrays.stream(values()).filter(strategy -> strategy.key().equals(key)).findFirst();
  }

  /** In the order in which help should name them. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Strategy::key).toList();
  }
}
