package dev.promptrunner.cli;

import static dev.promptrunner.sheet.ranking.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.sheet.ranking.Correlations;
import dev.promptrunner.sheet.ranking.Ranking;
import dev.promptrunner.sheet.ranking.Row;
import dev.promptrunner.sheet.ranking.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTextTest {
  private static final List<Row> ROWS =
      List.of(
          row("001", "{cfg: 3.0, sampler: 'euler', steps: 20}", "{sharpness: 101.26, psnr: 40}"),
          row("002", "{cfg: 4.5, sampler: 'euler', steps: 20}", "{sharpness: 250, psnr: Infinity}"),
          row(
              "003",
              "{cfg: 0.00005, sampler: 'heun', steps: 20}",
              "{sharpness: 200.04, motion: 1}"),
          row("long_name", "{cfg: 7.5, steps: 20}", "{}"));

  @Test
  void a_ranking_shows_what_varies_and_what_counts() {
    Map<String, Double> of = new LinkedHashMap<>();
    of.put("sharpness", 2.0);
    of.put("psnr", 1.0);
    of.put("seam", -1.0);
    Weights weights = new Weights(of);
    assertThat(RankingText.ranking(Ranking.of(ROWS, weights), weights))
        .isEqualTo(
            """
            #  run        score  cfg      sampler  sharpness  psnr
            1  002        1.000  4.5      euler    250        ∞
            2  003        0.664  0.00005  heun     200        –
            3  001        0.000  3        euler    101.3      40
            4  long_name  –      7.5      –        –          –
            """);
  }

  @Test
  void correlations_stand_with_the_runs_behind_them() {
    List<Row> rows =
        List.of(
            row("a", "{cfg: 1, sampler: 'euler'}", "{sharpness: 1, flicker: 2}"),
            row("b", "{cfg: 2, sampler: 'euler'}", "{sharpness: 2}"),
            row("c", "{cfg: 3, sampler: 'heun'}", "{sharpness: 3, flicker: 1}"),
            row("d", "{cfg: 4, sampler: 'heun'}", "{sharpness: 4, flicker: 0}"));
    assertThat(RankingText.correlations(Correlations.of(rows)))
        .isEqualTo(
            """
            parameter  sharpness  flicker
            cfg        +1.00 (4)  -1.00 (3)
            sampler    0.89 (4)   –
            -1 … +1 for numbers (Spearman), 0 … 1 without a sign for choices (η); in brackets the\
             runs behind it.
            """);
  }

  @Test
  void says_when_there_are_no_correlations() {
    assertThat(RankingText.correlations(List.of()))
        .isEqualTo("No correlations: they need three runs or more in which something varies.\n");
  }

  @Test
  void a_long_text_is_cut_to_one_line() {
    List<Row> rows =
        List.of(
            row("a", "{prompt: 'a red fox runs\\nthrough the snow at dawn, cinematic'}", "{}"),
            row("b", "{prompt: '🦊'}", "{}"));
    assertThat(RankingText.ranking(Ranking.of(rows, Weights.usual()), Weights.usual()))
        .isEqualTo(
            """
            #  run  score  prompt
            1  a    –      a red fox runs | through the sn…
            1  b    –      🦊
            """);
  }
}
