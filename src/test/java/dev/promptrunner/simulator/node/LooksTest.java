package dev.promptrunner.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.simulator.picture.Look;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the passes of one or two samplers add up to. */
class LooksTest {
  private static final Clip CLIP = Clip.of("t5");
  private static final Pass.Span HIGH = new Pass.Span(20, 0, 10, true);
  private static final Pass.Span LOW = new Pass.Span(20, 10, 20, false);

  private static Pass pass(Pass.Span span, boolean addsNoise, double cfg, String unwanted) {
    return new Pass(
        DiffusionModel.of("model"),
        new Conditioning("a red sky", CLIP, Optional.empty()),
        new Conditioning(unwanted, CLIP, Optional.empty()),
        5,
        cfg,
        "euler",
        "simple",
        span,
        1,
        addsNoise);
  }

  private static double noise(Pass... passes) {
    return Looks.of(List.of(passes)).noise();
  }

  @Test
  void the_second_expert_takes_away_the_noise_that_the_first_one_left() {
    assertThat(noise(pass(HIGH, true, 1, ""))).isGreaterThan(0.5);
    assertThat(noise(pass(HIGH, true, 1, ""), pass(LOW, false, 1, ""))).isLessThan(0.01);
  }

  @Test
  void a_gap_between_the_experts_leaves_its_share_of_noise() {
    Pass late = pass(new Pass.Span(20, 15, 20, false), false, 1, "");
    assertThat(noise(pass(HIGH, true, 1, ""), late)).isBetween(0.24, 0.27);
  }

  @Test
  void fewer_steps_are_more_noise_and_less_detail() {
    Look few = Looks.of(List.of(pass(new Pass.Span(2, 0, 2, false), true, 1, "")));
    Look many = Looks.of(List.of(pass(new Pass.Span(30, 0, 30, false), true, 1, "")));
    assertThat(few.noise()).isGreaterThan(10 * many.noise());
    assertThat(few.detail()).isLessThan(many.detail() / 2);
  }

  @Test
  void a_cfg_of_1_is_blind_to_the_negative_prompt() {
    assertThat(palette(1, "blurry")).isEqualTo(palette(1, ""));
    assertThat(palette(5, "blurry")).isNotEqualTo(palette(5, ""));
  }

  private static Object palette(double cfg, String unwanted) {
    return Looks.of(List.of(pass(LOW, true, cfg, unwanted))).palette();
  }

  @Test
  void a_lora_of_no_strength_is_none() {
    assertThat(DiffusionModel.of("m").with(new Lora("l", 0))).isEqualTo(DiffusionModel.of("m"));
    DiffusionModel strong = DiffusionModel.of("m").with(new Lora("l", -1.5));
    assertThat(strong.loras()).containsExactly(new Lora("l", -1.5));
  }

  @Test
  void a_sampler_that_adds_noise_begins_anew_upon_what_was_there() {
    Latent empty = new Latent(StillFrames.grey(new FrameSize(16, 16), 5));
    Latent sampled = empty.after(pass(HIGH, true, 1, ""));
    assertThat(sampled.after(pass(LOW, false, 1, "")).passes()).hasSize(2);
    Latent again = sampled.after(pass(LOW, true, 1, ""));
    assertThat(again.passes()).hasSize(1);
    assertThat(again.base()).isEqualTo(sampled.samples());
  }

  @Test
  void skipping_frames_is_the_same_as_reading_past_them() throws Exception {
    Latent latent =
        new Latent(StillFrames.grey(new FrameSize(16, 16), 9)).after(pass(HIGH, true, 1, ""));
    try (FrameCursor read = latent.samples().open();
        FrameCursor skipped = latent.samples().open()) {
      for (int i = 0; i < 6; i++) {
        read.next();
      }
      skipped.skip(6);
      assertThat(skipped.next()).isEqualTo(read.next()).isPresent();
      skipped.skip(9);
      assertThat(skipped.next()).isEmpty();
    }
  }
}
