package dev.promptrunner.explore.sample;

import org.hipparchus.random.MersenneTwister;
import org.hipparchus.random.RandomGenerator;

/**
 * What random numbers are drawn for; each use has a stream of its own, so that seeds do not follow
 * the points. MT19937 is a published algorithm: the same seed gives the same numbers with every
 * JDK.
 */
enum Draw {
  POINTS(0),
  STRATA(1),
  SCRAMBLING(2),
  SEEDS(3);

  private final int stream;

  Draw(int stream) {
    this.stream = stream;
  }

  RandomGenerator from(long seed) {
    return new MersenneTwister(new int[] {(int) (seed >>> 32), (int) seed, stream});
  }
}
