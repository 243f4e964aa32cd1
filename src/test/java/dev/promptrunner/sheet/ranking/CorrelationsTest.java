package dev.promptrunner.sheet.ranking;

import static dev.promptrunner.sheet.ranking.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorrelationsTest {
  @Test
  void equal_numbers_share_the_mean_of_their_ranks() {
    assertThat(Ranks.of(3, 1, 3, 2)).containsExactly(3.5, 1, 3.5, 2);
    assertThat(Ranks.of(5, 5, 5)).containsExactly(2, 2, 2);
    assertThat(Ranks.of()).isEmpty();
  }

  /** Marks of two examinations of ten students; 1 − 6·54 / (10·99), as no mark stands twice. */
  @Test
  void spearman_is_that_of_a_textbook() {
    double[] english = {56, 75, 45, 71, 62, 64, 58, 80, 76, 61};
    double[] maths = {66, 70, 40, 60, 65, 56, 59, 77, 67, 63};
    assertThat(Ranks.spearman(english, maths)).isCloseTo(1 - 6 * 54 / 990.0, within(1e-12));
  }

  @Test
  void spearman_is_one_for_any_growing_relation_and_ties_are_no_agreement() {
    assertThat(Ranks.spearman(new double[] {1, 2, 3, 4}, new double[] {1, 10, 100, 1000}))
        .isEqualTo(1);
    assertThat(Ranks.spearman(new double[] {1, 2, 3}, new double[] {9, 4, 1})).isEqualTo(-1);
    // Ranks 1.5 1.5 3.5 3.5 against 1 2 3 4: 4 / √(4·5).
    assertThat(Ranks.spearman(new double[] {1, 1, 2, 2}, new double[] {1, 2, 3, 4}))
        .isCloseTo(4 / Math.sqrt(20), within(1e-12));
    assertThat(Ranks.spearman(new double[] {1, 1, 1}, new double[] {1, 2, 3})).isNaN();
  }

  @Test
  void the_ratio_of_a_choice_is_known() {
    assertThat(Ranks.ratio(new int[] {0, 0, 1, 1}, new double[] {1, 1, 5, 5})).isEqualTo(1);
    assertThat(Ranks.ratio(new int[] {0, 1, 1, 0}, new double[] {1, 2, 3, 4})).isZero();
    // Means of ranks 1.5 and 3.5 about 2.5: 4 of 5.
    assertThat(Ranks.ratio(new int[] {0, 0, 1, 1}, new double[] {1, 2, 3, 4}))
        .isCloseTo(Math.sqrt(4 / 5.0), within(1e-12));
  }

  /** For a choice of two the ratio is the size of the correlation. */
  @Test
  void a_choice_of_two_and_a_boolean_agree() {
    Random random = new Random(20261127);
    for (int round = 0; round < 500; round++) {
      int size = 4 + random.nextInt(20);
      int[] groups = IntStream.range(0, size).map(i -> i % 2).toArray();
      double[] numbers = IntStream.of(groups).asDoubleStream().toArray();
      double[] measures = random.doubles(size).map(x -> Math.floor(x * 10)).toArray();
      double spearman = Ranks.spearman(numbers, measures);
      if (!Double.isNaN(spearman)) {
        assertThat(Ranks.ratio(groups, measures)).isCloseTo(Math.abs(spearman), within(1e-9));
      }
    }
  }

  @Test
  void tells_of_each_parameter_and_measure_the_strongest_first() {
    assertThat(
            text(
                row("a", "{cfg: 3.0, sampler: 'euler', hq: true}", "{sharpness: 1, flicker: 3}"),
                row("b", "{cfg: 4.5, sampler: 'euler', hq: false}", "{sharpness: 2, flicker: 4}"),
                row("c", "{cfg: 6.0, sampler: 'heun', hq: true}", "{sharpness: 3, flicker: 1}"),
                row("d", "{cfg: 7.5, sampler: 'heun', hq: false}", "{sharpness: 4, flicker: 2}")))
        .containsExactly(
            "cfg sharpness ORDER 1.000 4",
            "sampler sharpness CHOICE 0.894 4",
            "sampler flicker CHOICE 0.894 4",
            "cfg flicker ORDER -0.600 4",
            "hq sharpness ORDER -0.447 4",
            "hq flicker ORDER -0.447 4");
  }

  @Test
  void counts_only_runs_that_have_both() {
    assertThat(
            text(
                row("a", "{cfg: 1}", "{sharpness: 1}"),
                row("b", "{cfg: 2}", "{sharpness: NaN}"),
                row("c", "{cfg: 3}", "{sharpness: 2}"),
                row("d", "{}", "{sharpness: 0}"),
                row("e", "{cfg: 4}", "{sharpness: 3}")))
        .containsExactly("cfg sharpness ORDER 1.000 3");
  }

  @Test
  void there_is_none_of_fewer_than_three_runs_or_of_what_does_not_vary() {
    assertThat(text()).isEmpty();
    assertThat(text(row("a", "{cfg: 1}", "{ssim: 1}"), row("b", "{cfg: 2}", "{ssim: 2}")))
        .isEmpty();
    assertThat(
            text(
                row("a", "{cfg: 1, steps: 8, model: 'x'}", "{ssim: 1, black: 0}"),
                row("b", "{cfg: 1, steps: 9, model: 'x'}", "{ssim: 2, black: 0}"),
                row("c", "{cfg: 1, steps: 7, model: 'x'}", "{ssim: 3, black: 0}")))
        .containsExactly("steps ssim ORDER -0.500 3");
  }

  @Test
  void choices_that_stand_once_each_say_nothing() {
    assertThat(
            text(
                row("a", "{prompt: 'a fox'}", "{motion: 1}"),
                row("b", "{prompt: 'a cat'}", "{motion: 2}"),
                row("c", "{prompt: 'a dog'}", "{motion: 3}"),
                row("d", "{prompt: 'a cow'}", "{motion: 4}")))
        .isEmpty();
  }

  private static List<String> text(Row... rows) {
    return Correlations.of(List.of(rows)).stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "%s %s %s %.3f %d",
                    each.parameter(),
                    each.measure(),
                    each.kind(),
                    each.strength(),
                    each.runs()))
        .toList();
  }
}
