package dev.promptrunner.sheet.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Runs in the order of how good they are. Each measure counts from 0 for the worst to 1 for the
 * best of these runs, in proportion; a run's score is the mean of these by the sizes of their
 * weights. A measure in which no two runs differ does not count, and one that a run lacks does not
 * count for that run: no seams are no fault. So a score compares runs of one ranking only.
 */
public final class Ranking {
  private Ranking() {}

  /**
   * A run at its place.
   *
   * @param place from 1; runs of equal score share one, and the next is as if they did not
   * @param score 0 … 1, 1 for the best by every measure; empty when nothing of it can be compared
   */
  public record Ranked(int place, Row row, OptionalDouble score) {}

  private record Scored(Row row, OptionalDouble score) {
    double order() {
      return score.orElse(-1);
    }
  }

  /** The best first; runs of equal score in the order given; those without a score last. */
  public static List<Ranked> of(List<Row> rows, Weights weights) {
    List<Goodness> measures =
        weights.of().entrySet().stream()
            .flatMap(each -> Goodness.of(each.getKey(), each.getValue(), rows).stream())
            .toList();
    List<Scored> scored =
        rows.stream()
            .map(row -> new Scored(row, score(row, measures)))
            .sorted(Comparator.comparingDouble(Scored::order).reversed())
            .toList();
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      Scored at = scored.get(i);
      boolean shared = i > 0 && at.order() == scored.get(i - 1).order();
      int place = shared ? ranked.getLast().place() : i + 1;
      ranked.add(new Ranked(place, at.row(), at.score()));
    }
    return List.copyOf(ranked);
  }

  private static OptionalDouble score(Row row, List<Goodness> measures) {
    double sum = 0;
    double shares = 0;
    for (Goodness measure : measures) {
      OptionalDouble good = measure.of(row);
      sum += measure.share() * good.orElse(0);
      shares += good.isPresent() ? measure.share() : 0;
    }
    return shares == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / shares);
  }
}
