package dev.promptrunner.explore.sample;

import org.hipparchus.random.RandomGenerator;
import org.hipparchus.util.MathArrays;

/**
 * Latin hypercubes of n points, one after the other: in each dimension, each of the n equal strata
 * holds one point of the n, at a random place in it.
 */
final class LatinHypercube implements UnitPoints {
  private static final double HALVES = 0x1p-32;

  private final int size;
  private final int[][] strata;
  private final RandomGenerator random;
  private int at;

  /**
   * @param size the n, 1 … 2²⁰
   */
  LatinHypercube(int dimensions, int size, long seed) {
    this.size = size;
    this.strata = new int[dimensions][];
    this.random = Draw.STRATA.from(seed);
  }

  @Override
  public double[] next() {
    if (at == 0) {
      shuffle();
    }
    double[] point = new double[strata.length];
    for (int d = 0; d < point.length; d++) {
      point[d] = (strata[d][at] + within()) / size;
    }
    at = (at + 1) % size;
    return point;
  }

  private void shuffle() {
    for (int d = 0; d < strata.length; d++) {
      strata[d] = MathArrays.natural(size);
      MathArrays.shuffle(strata[d], random);
    }
  }

  /** Between 0 and 1, apart from both by more than rounding can take away. */
  private double within() {
    return ((random.nextInt() | 1) & 0xFFFF_FFFFL) * HALVES;
  }
}
