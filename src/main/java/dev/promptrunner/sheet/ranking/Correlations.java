package dev.promptrunner.sheet.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The correlation of each parameter with each measure, of the ranks of both. Numbers and true or
 * false have a direction; choices have none.
 */
public final class Correlations {
  /** Two runs always agree. */
  private static final int FEWEST_RUNS = 3;

  /** Choices that stand once each always decide all. */
  private static final int RUNS_OF_A_CHOICE = 2;

  private Correlations() {}

  /**
   * All there are, the strongest first. There is none where a parameter or measure does not vary,
   * where fewer than three runs have both, or where choices have fewer than two runs on average.
   */
  public static List<Correlation> of(List<Row> rows) {
    Set<String> parameters = new LinkedHashSet<>();
    rows.forEach(row -> parameters.addAll(row.parameters().keySet()));
    List<Correlation> found = new ArrayList<>();
    for (String parameter : parameters) {
      Weights.MEASURES.forEach(measure -> of(parameter, measure, rows).ifPresent(found::add));
    }
    found.sort(
        Comparator.comparingDouble((Correlation each) -> Math.abs(each.strength())).reversed());
    return List.copyOf(found);
  }

  private static Optional<Correlation> of(String parameter, String measure, List<Row> rows) {
    List<Row> both =
        rows.stream()
            .filter(row -> row.parameters().containsKey(parameter))
            .filter(row -> row.measure(measure).isPresent())
            .toList();
    if (both.size() < FEWEST_RUNS) {
      return Optional.empty();
    }
    List<JsonNode> values = both.stream().map(row -> value(row, parameter)).toList();
    double[] measures =
        both.stream().mapToDouble(row -> row.measure(measure).getAsDouble()).toArray();
    Correlation.Kind kind = kind(values);
    double strength =
        switch (kind) {
          case ORDER -> Ranks.spearman(numbers(values), measures);
          case CHOICE -> choice(values, measures);
        };
    return Double.isNaN(strength)
        ? Optional.empty()
        : Optional.of(new Correlation(parameter, measure, kind, strength, both.size()));
  }

  private static JsonNode value(Row row, String parameter) {
    return Optional.ofNullable(row.parameters().get(parameter)).orElseThrow();
  }

  private static Correlation.Kind kind(List<JsonNode> values) {
    return values.stream().allMatch(JsonNode::isNumber)
            || values.stream().allMatch(JsonNode::isBoolean)
        ? Correlation.Kind.ORDER
        : Correlation.Kind.CHOICE;
  }

  private static double[] numbers(List<JsonNode> values) {
    return values.stream()
        .mapToDouble(
            value ->
                value.isBoolean()
                    ? value.booleanValue() ? 1 : 0
                    : value.decimalValue().doubleValue())
        .toArray();
  }

  private static double choice(List<JsonNode> values, double[] measures) {
    Map<JsonNode, Integer> groups = new LinkedHashMap<>();
    values.forEach(value -> groups.putIfAbsent(value, groups.size()));
    if (groups.size() < 2 || groups.size() * RUNS_OF_A_CHOICE > values.size()) {
      return Double.NaN;
    }
    int[] of = values.stream().mapToInt(groups::get).toArray();
    return Ranks.ratio(of, measures);
  }
}
