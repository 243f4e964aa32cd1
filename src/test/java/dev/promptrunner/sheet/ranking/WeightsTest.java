package dev.promptrunner.sheet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {
  @Test
  void reads_weights_in_their_order() {
    List<Problem> problems = new ArrayList<>();
    Weights weights =
        Weights.parse("sharpness=2, flicker = -1.5,motion=+.5", "--weights", problems);
    assertThat(problems).isEmpty();
    assertThat(weights.of()).hasToString("{sharpness=2.0, flicker=-1.5, motion=0.5}");
  }

  @Test
  void without_any_a_sharp_picture_without_faults_is_good() {
    assertThat(Weights.usual().of())
        .isEqualTo(
            Map.of(
                "sharpness", 1.0,
                "flicker", -1.0,
                "seam", -1.0,
                "colour_drift", -1.0,
                "black", -1.0,
                "frozen", -1.0));
    assertThat(Weights.MEASURES).containsAll(Weights.usual().of().keySet());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sharpnes=1; --weights: no such measure, found 'sharpnes': did you mean 'sharpness'?",
        "beauty=1; --weights: no such measure, found 'beauty': there are sharpness, motion,"
            + " flicker, colour_drift, seam, black, frozen, ssim, psnr",
        "ssim=high; --weights: the weight of 'ssim' is not a number, found 'high': write such as"
            + " sharpness=2,flicker=-1",
        "ssim=NaN; --weights: the weight of 'ssim' is not a number, found 'NaN': write such as"
            + " sharpness=2,flicker=-1",
        "ssim; --weights: a weight is a measure, = and a number, found 'ssim': write such as"
            + " sharpness=2,flicker=-1",
        "''; --weights: a weight is a measure, = and a number: write such as"
            + " sharpness=2,flicker=-1",
        "'seam=1,seam=2'; --weights: a measure has two weights, found 'seam': give it one",
      })
  void says_what_is_wrong(String text, String message) {
    List<Problem> problems = new ArrayList<>();
    Weights.parse(text, "--weights", problems);
    assertThat(problems).singleElement().hasToString(message);
  }

  @Test
  void tells_of_all_problems_at_once() {
    List<Problem> problems = new ArrayList<>();
    Weights weights = Weights.parse("a=1,ssim=2,b,psnr=x,", "--weights", problems);
    assertThat(problems).hasSize(4);
    assertThat(weights.of()).containsOnlyKeys("ssim");
  }
}
