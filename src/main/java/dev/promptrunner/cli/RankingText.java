package dev.promptrunner.cli;

import dev.promptrunner.cli.console.TextTable;
import dev.promptrunner.sheet.ranking.Correlation;
import dev.promptrunner.sheet.ranking.Ranking;
import dev.promptrunner.sheet.ranking.Row;
import dev.promptrunner.sheet.ranking.Weights;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A ranking and its correlations as tables of plain text, for a terminal. */
final class RankingText {
  private static final String NOTHING = "–";
  private static final MathContext DIGITS = new MathContext(4);

  private RankingText() {}

  /**
   * A line for each run with its place, score, the parameters that vary and the measures that have
   * a weight; ends with a line feed.
   */
  static String ranking(List<Ranking.Ranked> ranked, Weights weights) {
    List<Row> rows = ranked.stream().map(Ranking.Ranked::row).toList();
    List<String> parameters = varying(rows);
    List<String> measures =
        weights.of().keySet().stream()
            .filter(measure -> rows.stream().anyMatch(row -> row.measure(measure).isPresent()))
            .toList();
    TextTable table = new TextTable();
    table.row(joined(List.of("#", "run", "score"), parameters, measures));
    for (Ranking.Ranked each : ranked) {
      table.row(
          joined(
              List.of("" + each.place(), each.row().run(), score(each.score())),
              parameters.stream().map(name -> value(each.row(), name)).toList(),
              measures.stream().map(name -> number(each.row().measure(name))).toList()));
    }
    return table.toString();
  }

  /**
   * A line for each parameter and a column for each measure, with the number of runs behind each
   * correlation; ends with a line feed.
   */
  static String correlations(List<Correlation> correlations) {
    if (correlations.isEmpty()) {
      return "No correlations: they need three runs or more in which something varies.\n";
    }
    Set<String> measures = new LinkedHashSet<>(Weights.MEASURES);
    measures.retainAll(correlations.stream().map(Correlation::measure).collect(Collectors.toSet()));
    Map<String, List<Correlation>> lines =
        correlations.stream()
            .collect(
                Collectors.groupingBy(
                    Correlation::parameter, LinkedHashMap::new, Collectors.toList()));
    TextTable table = new TextTable();
    table.row(joined(List.of("parameter"), List.copyOf(measures)));
    lines.forEach(
        (parameter, of) ->
            table.row(
                joined(
                    List.of(parameter),
                    measures.stream().map(measure -> strength(of, measure)).toList())));
    return table
        + "-1 … +1 for numbers (Spearman), 0 … 1 without a sign for choices (η);"
        + " in brackets the runs behind it.\n";
  }

  private static List<String> varying(List<Row> rows) {
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.parameters().keySet()));
    return names.stream()
        .filter(name -> rows.stream().map(row -> value(row, name)).distinct().count() > 1)
        .toList();
  }

  private static String value(Row row, String parameter) {
    return Optional.ofNullable(row.parameters().get(parameter))
        .map(RankingText::text)
        .orElse(NOTHING);
  }

  private static String text(JsonNode value) {
    if (value.isFloatingPointNumber()) {
      return plain(value.decimalValue());
    }
    return value.isString() ? value.stringValue() : value.toString();
  }

  private static String strength(List<Correlation> of, String measure) {
    return of.stream()
        .filter(each -> each.measure().equals(measure))
        .findFirst()
        .map(RankingText::strength)
        .orElse(NOTHING);
  }

  private static String strength(Correlation of) {
    String form =
        switch (of.kind()) {
          case ORDER -> "%+.2f (%d)";
          case CHOICE -> "%.2f (%d)";
        };
    return String.format(Locale.ROOT, form, of.strength(), of.runs());
  }

  private static String score(OptionalDouble score) {
    return score.isEmpty() ? NOTHING : String.format(Locale.ROOT, "%.3f", score.getAsDouble());
  }

  private static String number(OptionalDouble value) {
    if (value.isEmpty()) {
      return NOTHING;
    }
    double number = value.getAsDouble();
    return Double.isInfinite(number)
        ? number > 0 ? "∞" : "-∞"
        : plain(new BigDecimal(number).round(DIGITS));
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    List<String> all = new ArrayList<>();
    for (List<String> part : parts) {
      all.addAll(part);
    }
    return all;
  }
}
