package dev.promptrunner.sheet.ranking;

import static dev.promptrunner.sheet.ranking.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final Weights SHARP_NOT_FLICKERING =
      new Weights(Map.of("sharpness", 2.0, "flicker", -1.0));

  @Test
  void the_best_by_the_weights_comes_first() {
    assertThat(
            ranked(
                SHARP_NOT_FLICKERING,
                row("dull", "{}", "{sharpness: 10, flicker: 0.1}"),
                row("sharp", "{}", "{sharpness: 30, flicker: 0.3}"),
                row("middle", "{}", "{sharpness: 25, flicker: 0.1}")))
        // (2·0.75 + 1) / 3, (2·1 + 0) / 3, (2·0 + 1) / 3
        .containsExactly("1 middle 0.833", "2 sharp 0.667", "3 dull 0.333");
  }

  @Test
  void runs_of_equal_score_share_a_place_in_the_order_given() {
    assertThat(
            ranked(
                Weights.usual(),
                row("c", "{}", "{sharpness: 1}"),
                row("b", "{}", "{sharpness: 2}"),
                row("a", "{}", "{sharpness: 2}"),
                row("d", "{}", "{sharpness: 0}")))
        .containsExactly("1 b 1.000", "1 a 1.000", "3 c 0.500", "4 d 0.000");
  }

  @Test
  void what_a_run_lacks_does_not_count_for_it() {
    assertThat(
            ranked(
                SHARP_NOT_FLICKERING,
                row("whole", "{}", "{sharpness: 10, flicker: 0.2}"),
                row("still", "{}", "{sharpness: 20, flicker: NaN}"),
                row("other", "{}", "{sharpness: 15, flicker: 0.1}")))
        .containsExactly("1 still 1.000", "2 other 0.667", "3 whole 0.000");
  }

  @Test
  void a_measure_in_which_no_run_differs_does_not_count() {
    assertThat(
            ranked(
                SHARP_NOT_FLICKERING,
                row("a", "{}", "{sharpness: 1, flicker: 0.5}"),
                row("b", "{}", "{sharpness: 2, flicker: 0.5}")))
        .containsExactly("1 b 1.000", "2 a 0.000");
  }

  @Test
  void a_run_without_measures_comes_last_without_a_score() {
    assertThat(
            ranked(
                Weights.usual(),
                row("failed", "{}", "{}"),
                row("bad", "{}", "{sharpness: 1}"),
                row("good", "{}", "{sharpness: 2}")))
        .containsExactly("1 good 1.000", "2 bad 0.000", "3 failed –");
  }

  @Test
  void one_run_alone_has_nothing_to_be_compared_with() {
    assertThat(ranked(Weights.usual(), row("only", "{}", "{sharpness: 1}")))
        .containsExactly("1 only –");
    assertThat(Ranking.of(List.of(), Weights.usual())).isEmpty();
  }

  @Test
  void an_infinite_psnr_is_as_good_as_the_best_finite_one() {
    assertThat(
            ranked(
                new Weights(Map.of("psnr", 1.0)),
                row("bad", "{}", "{psnr: 20}"),
                row("same", "{}", "{psnr: Infinity}"),
                row("good", "{}", "{psnr: 40}")))
        .containsExactly("1 same 1.000", "1 good 1.000", "3 bad 0.000");
  }

  @Test
  void a_weight_of_zero_does_not_count() {
    assertThat(
            ranked(
                new Weights(Map.of("motion", 0.0)),
                row("a", "{}", "{motion: 1}"),
                row("b", "{}", "{motion: 2}")))
        .containsExactly("1 a –", "1 b –");
  }

  /** Whatever the units, the order given and the sizes of all weights together. */
  @Test
  void units_and_order_change_no_score() {
    Random random = new Random(20261127);
    for (int round = 0; round < 200; round++) {
      List<Row> rows = new ArrayList<>();
      List<Row> scaled = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(20); i++) {
        double sharp = random.nextInt(50);
        double flicker = random.nextInt(50);
        rows.add(new Row("" + i, Map.of(), Map.of("sharpness", sharp, "flicker", flicker)));
        scaled.add(
            new Row("" + i, Map.of(), Map.of("sharpness", sharp * 8 + 64, "flicker", flicker / 4)));
      }
      Collections.shuffle(scaled, random);
      Weights tenfold = new Weights(Map.of("sharpness", 4.0, "flicker", -2.0));
      assertThat(scores(scaled, tenfold)).isEqualTo(scores(rows, SHARP_NOT_FLICKERING));
    }
  }

  private static Map<String, String> scores(List<Row> rows, Weights weights) {
    Map<String, String> scores = new TreeMap<>();
    Ranking.of(rows, weights).forEach(each -> scores.put(each.row().run(), text(each)));
    return scores;
  }

  private static String text(Ranking.Ranked each) {
    return each.score().isEmpty()
        ? "–"
        : String.format(Locale.ROOT, "%.3f", each.score().getAsDouble());
  }

  private static List<String> ranked(Weights weights, Row... rows) {
    return Ranking.of(List.of(rows), weights).stream()
        .map(each -> each.place() + " " + each.row().run() + " " + text(each))
        .toList();
  }
}
