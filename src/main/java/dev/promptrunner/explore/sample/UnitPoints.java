package dev.promptrunner.explore.sample;

/** Endless points of the unit cube, each coordinate in 0 ≤ x < 1. One use, one thread. */
@FunctionalInterface
interface UnitPoints {
  double[] next();
}
