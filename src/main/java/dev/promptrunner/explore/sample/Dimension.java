package dev.promptrunner.explore.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.DoubleFunction;
import tools.jackson.databind.JsonNode;

/** One axis of an explored space. {@link Dimensions} makes them of what a person wrote. */
public sealed interface Dimension {
  /** The parameter's name or path; unique in a space. */
  String name();

  /**
   * The value at each place of the axis from 0, the minimum or first level, to 1, the maximum or
   * last. The same place always has the same value.
   */
  DoubleFunction<JsonNode> axis();

  /** The value at one place, 0 … 1. */
  default JsonNode at(double unit) {
    return axis().apply(unit);
  }

  /**
   * Any number from {@code min} to {@code max}, both included. Values are rounded to ten thousand
   * or more steps of the range (3 … 9 has four decimals), on a logarithmic scale to five
   * significant digits, and never leave the range.
   *
   * @param min at most max; above 0 for {@link Scale#LOG}
   * @param whole whether only whole numbers are values; then both bounds are, and each number has
   *     an equal share
   */
  record Continuous(String name, BigDecimal min, BigDecimal max, Scale scale, boolean whole)
      implements Dimension {
    public Continuous {
      boolean logOfNothing = scale == Scale.LOG && min.signum() <= 0;
      boolean fraction = whole && !(JsonNumbers.isWhole(min) && JsonNumbers.isWhole(max));
      if (min.compareTo(max) > 0 || logOfNothing || fraction) {
        throw new IllegalArgumentException(
            "not a range: " + name + " from " + min + " to " + max + ", " + scale.key());
      }
    }

    @Override
    public DoubleFunction<JsonNode> axis() {
      return new Spread(this);
    }
  }

  /**
   * Some values, each with an equal share of the axis.
   *
   * @param values at least one, in their order; any JSON
   */
  record Levels(String name, List<JsonNode> values) implements Dimension {
    public Levels {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("no levels: " + name);
      }
    }

    @Override
    public DoubleFunction<JsonNode> axis() {
      int last = values.size() - 1;
      return unit -> values.get(Math.clamp((int) (unit * values.size()), 0, last));
    }
  }
}
