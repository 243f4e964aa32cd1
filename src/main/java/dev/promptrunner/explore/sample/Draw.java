package dev.promptrunner.explore.sample;

import org.hipparchus.random.MersenneTwister;
import org.hipparchus.random.RandomGenerator;

/**
 * What random numbers are drawn for; each use has a stream of its own, so that seeds do not follow
 * the points. MT19937 is a published algorithm: the same seed gives the same numbers with every
 * JDK.
 */
enum Draw {
  POINTS,
  STRATA,
  SCRAMBLING,
  SEEDS;

  RandomGenerator from(long seed) {
    return new MersenneTwister(new int[] {(int) (seed >>> 32), (int) seed, ordinal()});
  }
}
