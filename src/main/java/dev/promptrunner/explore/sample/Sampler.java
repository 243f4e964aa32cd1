package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * Chooses points of a space: the same ones for the same settings, on every machine. Pure.
 *
 * @param where the place that problems name, such as {@code sweep.yaml}
 * @param strategy how
 * @param count how many points, ≥ 1; a grid has its own number
 * @param seed of all that is drawn
 * @param scramble whether Sobol points are scrambled by the seed; others do not care
 */
public record Sampler(String where, Strategy strategy, int count, long seed, boolean scramble) {
  /** The most points of a space, and levels of a dimension: more is a slip of the finger. */
  public static final int MOST_POINTS = 1_000_000;

  private static final int TRIES_EACH = 1000;
  private static final long MOST_TRIES = 10_000_000;

  public Sampler {
    if (count < 1) {
      throw new IllegalArgumentException("not a number of points: " + count);
    }
  }

  /** The points of a space without constraints; see the other method. */
  public Reading<List<Map<String, JsonNode>>> samples(List<Dimension> dimensions) {
    return samples(dimensions, Conditions.NONE);
  }

  /**
   * The points of a space that satisfy the conditions, each a value by name in the order of the
   * dimensions. Of a grid and of linear steps those which do not are left out; the others go on
   * until there are {@code count}, so that a Latin hypercube with conditions has no even strata.
   * Without dimensions, points are empty.
   */
  public Reading<List<Map<String, JsonNode>>> samples(
      List<Dimension> dimensions, Conditions conditions) {
    List<Problem> problems = conditions.problems(dimensions);
    if (!problems.isEmpty()) {
      return new Reading.Bad<>(problems);
    }
    if (strategy != Strategy.GRID && count > MOST_POINTS) {
      return Reading.bad(tooMany());
    }
    Space space = new Space(dimensions);
    return switch (strategy) {
      case GRID ->
          new Grid(where)
              .levels(dimensions)
              .then(
                  levels ->
                      kept(
                          Grid.size(levels).intValueExact(),
                          index -> space.combination(index, levels),
                          conditions));
      case LINEAR -> kept(count, index -> space.along(index, count), conditions);
      case SOBOL, LHS, RANDOM -> drawn(space, points(dimensions.size()), conditions);
    };
  }

  private UnitPoints points(int dimensions) {
    if (dimensions == 0) {
      return () -> new double[0];
    }
    return switch (strategy) {
      case SOBOL ->
          scramble ? SobolPoints.scrambled(dimensions, seed) : SobolPoints.plain(dimensions);
      case LHS -> new LatinHypercube(dimensions, count, seed);
      case RANDOM -> new RandomPoints(dimensions, seed);
      case GRID, LINEAR -> throw new IllegalStateException(strategy + " draws no points");
    };
  }

  private Reading<List<Map<String, JsonNode>>> kept(
      int size, IntFunction<Point> point, Conditions conditions) {
    Refusals refusals = new Refusals();
    List<Map<String, JsonNode>> kept =
        IntStream.range(0, size)
            .<Map<String, JsonNode>>mapToObj(point)
            .filter(each -> refusals.pass(each, conditions))
            .toList();
    return kept.isEmpty() ? Reading.bad(refusals.problem(0, size)) : new Reading.Good<>(kept);
  }

  private Reading<List<Map<String, JsonNode>>> drawn(
      Space space, UnitPoints points, Conditions conditions) {
    Refusals refusals = new Refusals();
    List<Map<String, JsonNode>> found = new ArrayList<>(count);
    long most = Math.max(count, Math.min((long) count * TRIES_EACH, MOST_TRIES));
    for (long tries = 0; tries < most && found.size() < count; tries++) {
      Point point = space.at(points.next());
      if (refusals.pass(point, conditions)) {
        found.add(point);
      }
    }
    return found.size() < count
        ? Reading.bad(refusals.problem(found.size(), most))
        : new Reading.Good<>(List.copyOf(found));
  }

  private Problem tooMany() {
    return new Problem(
        where,
        "at most " + MOST_POINTS + " points can be sampled",
        "" + count,
        "set a smaller num_samples");
  }
}
