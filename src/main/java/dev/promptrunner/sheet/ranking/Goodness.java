package dev.promptrunner.sheet.ranking;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good the runs are by one measure: 1 the best of them, 0 the worst, and between in proportion,
 * so that what hardly differs hardly counts.
 */
final class Goodness {
  private final String measure;
  private final double weight;
  private final double least;
  private final double greatest;

  private Goodness(String measure, double weight, double least, double greatest) {
    this.measure = measure;
    this.weight = weight;
    this.least = least;
    this.greatest = greatest;
  }

  /** Empty when the runs do not differ in it. */
  static Optional<Goodness> of(String measure, double weight, List<Row> rows) {
    double[] values =
        rows.stream()
            .flatMapToDouble(row -> row.measure(measure).stream())
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return weight == 0 || values.length == 0 || values[0] == values[values.length - 1]
        ? Optional.empty()
        : Optional.of(new Goodness(measure, weight, values[0], values[values.length - 1]));
  }

  /** How much it counts beside others, above 0. */
  double share() {
    return Math.abs(weight);
  }

  /** 0 … 1; empty when it was not measured. What is infinite is as the greatest or least. */
  OptionalDouble of(Row row) {
    OptionalDouble value = row.measure(measure);
    if (value.isEmpty()) {
      return value;
    }
    double clamped = Math.clamp(value.getAsDouble(), least, greatest);
    double up = (clamped - least) / (greatest - least);
    return OptionalDouble.of(weight > 0 ? up : 1 - up);
  }
}
