package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.math.BigInteger;
import java.util.List;

/** Checks a grid before anything of it is made. */
final class Grid {
  private final String where;

  Grid(String where) {
    this.where = where;
  }

  /** The levels of all dimensions, of which there are not too many combinations. */
  Reading<List<Dimension.Levels>> levels(List<Dimension> dimensions) {
    List<Problem> problems =
        dimensions.stream()
            .filter(Dimension.Continuous.class::isInstance)
            .map(dimension -> continuous(dimension.name()))
            .toList();
    if (!problems.isEmpty()) {
      return new Reading.Bad<>(problems);
    }
    List<Dimension.Levels> levels = dimensions.stream().map(Dimension.Levels.class::cast).toList();
    BigInteger size = size(levels);
    return size.compareTo(BigInteger.valueOf(Sampler.MOST_POINTS)) > 0
        ? Reading.bad(tooLarge(size))
        : new Reading.Good<>(levels);
  }

  static BigInteger size(List<Dimension.Levels> levels) {
    return levels.stream()
        .map(each -> BigInteger.valueOf(each.values().size()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  private Problem continuous(String name) {
    return new Problem(
        where,
        "a grid needs levels, but '" + name + "' is continuous",
        "",
        "give it type: linear with a step or count, or use strategy: sobol");
  }

  private Problem tooLarge(BigInteger size) {
    return new Problem(
        where,
        "a grid may have at most " + Sampler.MOST_POINTS + " points",
        size.toString(),
        "take fewer levels, or strategy: sobol with num_samples");
  }
}
