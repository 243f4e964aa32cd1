package dev.promptrunner.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each measure against videos whose order is known. */
class MeasuresTest {
  private static final FrameSize LARGE = new FrameSize(480, 288);

  @TempDir Path folder;

  private Measures of(int frames, IntFunction<Picture> pictures) throws MediaException {
    return of(frames, pictures, List.of());
  }

  private Measures of(int frames, IntFunction<Picture> pictures, List<Integer> borders)
      throws MediaException {
    Path video = Films.of(folder.resolve("film.mp4"), frames, pictures);
    return Glance.of(video, new Glance.Asked(320, borders, Optional.empty())).measures();
  }

  private Measures compared(Path video, Path reference) throws MediaException {
    return Glance.of(video, new Glance.Asked(320, List.of(), Optional.of(reference))).measures();
  }

  @Test
  void the_more_blur_the_less_sharp() throws Exception {
    double sharp = of(3, Films::scene).sharpness();
    double soft = of(3, at -> Films.blurred(Films.scene(at), 1)).sharpness();
    double softer = of(3, at -> Films.blurred(Films.scene(at), 3)).sharpness();
    assertThat(sharp).isGreaterThan(3 * soft);
    assertThat(soft).isGreaterThan(2 * softer);
    assertThat(of(3, _ -> Films.grey(90)).sharpness()).isZero();
  }

  @Test
  void a_still_has_no_motion_and_a_quicker_walk_has_more() throws Exception {
    double still = of(9, _ -> Films.scene(30)).motion().orElseThrow();
    double walk = of(9, at -> Films.scene(at)).motion().orElseThrow();
    double run = of(9, at -> Films.scene(3 * at)).motion().orElseThrow();
    assertThat(still).isLessThan(0.05);
    assertThat(walk).isGreaterThan(10 * still);
    assertThat(run).isGreaterThan(1.3 * walk);
  }

  @Test
  void a_change_of_brightness_is_no_motion() throws Exception {
    assertThat(of(9, at -> Films.grey(60 + 10 * at)).motion().orElseThrow()).isLessThan(0.2);
  }

  @Test
  void brightness_that_goes_up_and_down_flickers_and_a_steady_fade_does_not() throws Exception {
    double flickering = of(12, at -> Films.grey(100 + 10 * (at % 2))).flicker().orElseThrow();
    double fade = of(12, at -> Films.grey(40 + 12 * at)).flicker().orElseThrow();
    assertThat(flickering).isCloseTo(20, within(2.0));
    assertThat(fade).isLessThan(1.5);
  }

  @Test
  void a_shift_of_colour_from_the_first_to_the_last_second_is_drift() throws Exception {
    double none = of(24, at -> Films.scene(at)).colourDrift().orElseThrow();
    double some =
        of(24, at -> Films.shifted(Films.scene(at), at, 0, 0)).colourDrift().orElseThrow();
    assertThat(none).isLessThan(1.5);
    assertThat(some).isGreaterThan(none + 4);
    // Grey 119 and 145 are 10 steps of lightness apart: L* 50.0 and 60.0.
    double lightness = of(16, at -> Films.grey(at < 8 ? 119 : 145)).colourDrift().orElseThrow();
    assertThat(lightness).isCloseTo(10, within(0.7));
  }

  @Test
  void what_comes_between_the_first_and_the_last_second_is_no_drift() throws Exception {
    assertThat(
            of(24, at -> Films.flat(at < 8 || at >= 16 ? 90 : 240, 90, 90))
                .colourDrift()
                .orElseThrow())
        .isLessThan(0.3);
  }

  @Test
  void a_cut_at_a_border_stands_far_above_a_smooth_one() throws Exception {
    double smooth = of(24, at -> Films.scene(at), List.of(8, 16)).seam().orElseThrow();
    double cut =
        of(24, at -> at < 16 ? Films.scene(at) : Films.upsideDown(Films.scene(at)), List.of(8, 16))
            .seam()
            .orElseThrow();
    double colour =
        of(24, at -> Films.shifted(Films.scene(at), at < 16 ? 0 : 25, 0, 0), List.of(8, 16))
            .seam()
            .orElseThrow();
    assertThat(smooth).isBetween(0.5, 1.6);
    assertThat(cut).isGreaterThan(10 * smooth);
    assertThat(colour).isGreaterThan(2 * smooth);
  }

  @Test
  void a_cut_elsewhere_makes_no_seam_of_a_smooth_border() throws Exception {
    assertThat(
            of(24, at -> at < 12 ? Films.scene(at) : Films.upsideDown(Films.scene(at)), List.of(8))
                .seam()
                .orElseThrow())
        .isBetween(0.5, 1.6);
  }

  @Test
  void without_a_border_inside_there_is_no_seam() throws Exception {
    assertThat(of(4, Films::scene, List.of()).seam()).isEmpty();
    assertThat(of(4, Films::scene, List.of(4, 99)).seam()).isEmpty();
    assertThat(of(4, Films::scene, List.of(3)).seam()).isPresent();
  }

  @Test
  void a_seam_between_stills_is_finite() throws Exception {
    assertThat(of(8, at -> Films.grey(at < 4 ? 20 : 220), List.of(4)).seam().orElseThrow())
        .isGreaterThan(100)
        .isFinite();
    assertThat(of(2, at -> Films.grey(20 + at * 99), List.of(1)).seam()).isPresent();
  }

  @Test
  void the_shares_of_black_and_of_frozen_frames_are_exact() throws Exception {
    Measures half = of(8, at -> at < 4 ? Films.grey(3) : Films.scene(at));
    assertThat(half.black()).isEqualTo(0.5);
    assertThat(half.frozen()).hasValue(3 / 7.0);
    Measures none = of(8, Films::scene);
    assertThat(none.black()).isZero();
    assertThat(none.frozen()).hasValue(0);
    Measures all = of(8, _ -> Films.grey(0));
    assertThat(all.black()).isOne();
    assertThat(all.frozen()).hasValue(1);
  }

  @Test
  void grain_alone_keeps_a_still_from_being_frozen() throws Exception {
    assertThat(of(8, at -> Films.grainy(Films.scene(9), 12, at)).frozen()).hasValue(0);
  }

  @Test
  void a_video_is_like_itself_and_the_worse_the_less_it_is() throws Exception {
    Path good = Films.of(folder.resolve("good.mp4"), 6, Films::scene);
    Path soft = Films.of(folder.resolve("soft.mp4"), 6, at -> Films.blurred(Films.scene(at), 1));
    Path softer =
        Films.of(folder.resolve("softer.mp4"), 6, at -> Films.blurred(Films.scene(at), 3));
    Measures same = compared(good, good);
    assertThat(same.ssim()).hasValue(1);
    assertThat(same.psnr()).hasValue(100);
    assertThat(compared(soft, good).ssim().orElseThrow())
        .isBetween(compared(softer, good).ssim().orElseThrow(), 0.9999);
    assertThat(compared(soft, good).psnr().orElseThrow())
        .isBetween(compared(softer, good).psnr().orElseThrow(), 60.0);
  }

  /**
   * FFmpeg's ratio of flat luma 10 levels of 219/255 apart, over a third more samples of chroma.
   */
  @Test
  void the_ratio_is_the_one_of_all_planes() throws Exception {
    Path a = Films.of(folder.resolve("a.mp4"), 3, _ -> Films.grey(100));
    Path b = Films.of(folder.resolve("b.mp4"), 3, _ -> Films.grey(120));
    double luma = 20 * 219 / 255.0;
    double expected = 10 * Math.log10(255 * 255 / (luma * luma / 1.5));
    assertThat(compared(a, b).psnr().orElseThrow()).isCloseTo(expected, within(0.3));
  }

  @Test
  void the_reference_may_have_another_size_length_or_format() throws Exception {
    Path video = Films.of(folder.resolve("video.mp4"), 6, Films::scene);
    Path large = Films.of(folder.resolve("large.mp4"), LARGE, 3, at -> Films.scene(LARGE, at));
    assertThat(compared(video, large).ssim().orElseThrow()).isBetween(0.9, 0.999);
    assertThat(compared(large, video).ssim().orElseThrow()).isBetween(0.9, 0.999);
    Path still = folder.resolve("first.png");
    Png.write(still, Films.scene(0));
    assertThat(compared(video, still).psnr().orElseThrow()).isBetween(25.0, 100.0);
    assertThat(compared(still, video).psnr().orElseThrow()).isBetween(25.0, 100.0);
    assertThat(compared(still, still).psnr()).hasValue(100);
  }

  @Test
  void those_that_exist_are_named_in_a_fixed_order() throws Exception {
    Path video = Films.of(folder.resolve("video.mp4"), 6, Films::scene);
    Measures all =
        Glance.of(video, new Glance.Asked(320, List.of(3), Optional.of(video))).measures();
    assertThat(all.asMap().keySet())
        .containsExactly(
            "sharpness",
            "motion",
            "flicker",
            "colour_drift",
            "seam",
            "black",
            "frozen",
            "ssim",
            "psnr");
    assertThat(all.asMap().values()).allSatisfy(value -> assertThat(value).isFinite());
    OptionalDouble none = OptionalDouble.empty();
    assertThat(new Measures(1, none, none, none, none, 0, none, none, none).asMap())
        .containsExactly(Map.entry("sharpness", 1.0), Map.entry("black", 0.0));
  }
}
