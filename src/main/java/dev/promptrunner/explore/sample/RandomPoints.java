package dev.promptrunner.explore.sample;

import org.hipparchus.random.RandomGenerator;

/** Independent, evenly distributed points. */
final class RandomPoints implements UnitPoints {
  private final int dimensions;
  private final RandomGenerator random;

  RandomPoints(int dimensions, long seed) {
    this.dimensions = dimensions;
    this.random = Draw.POINTS.from(seed);
  }

  @Override
  public double[] next() {
    double[] point = new double[dimensions];
    for (int d = 0; d < dimensions; d++) {
      point[d] = random.nextDouble();
    }
    return point;
  }
}
