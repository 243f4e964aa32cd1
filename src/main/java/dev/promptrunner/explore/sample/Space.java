package dev.promptrunner.explore.sample;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import tools.jackson.databind.JsonNode;

/** Dimensions together. */
final class Space {
  private final List<DoubleFunction<JsonNode>> values;
  private final Point.Axes axes;

  /**
   * @throws IllegalArgumentException when two dimensions have one name
   */
  Space(List<? extends Dimension> dimensions) {
    this.values = dimensions.stream().map(Dimension::axis).toList();
    this.axes = new Point.Axes(dimensions.stream().map(Dimension::name).toList());
  }

  /**
   * The point at a place of the unit cube.
   *
   * @param unit one coordinate, 0 … 1, for each dimension
   */
  Point at(double[] unit) {
    JsonNode[] point = new JsonNode[unit.length];
    for (int d = 0; d < unit.length; d++) {
      point[d] = values.get(d).apply(unit[d]);
    }
    return axes.point(point);
  }

  /**
   * The point of all dimensions together on their way from the first to the last value.
   *
   * @param index 0 … count − 1
   */
  Point along(int index, int count) {
    // Upwards, for 1/49 · 49 is below 1 in binary and would be a level too low.
    double unit = count == 1 ? 0 : Math.nextUp((double) index / (count - 1));
    double[] all = new double[values.size()];
    Arrays.fill(all, unit);
    return at(all);
  }

  /** A combination of levels, counted up as an odometer does: the last dimension runs fastest. */
  Point combination(int index, List<Dimension.Levels> levels) {
    JsonNode[] point = new JsonNode[levels.size()];
    int left = index;
    for (int d = point.length - 1; d >= 0; d--) {
      List<JsonNode> of = levels.get(d).values();
      point[d] = of.get(left % of.size());
      left /= of.size();
    }
    return axes.point(point);
  }
}
