package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Jpeg;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.simulator.picture.Noise;
import java.io.IOException;
import java.util.Optional;

/**
 * The core samplers without a model: they wait, show previews that lose their noise, and say what
 * is to be painted.
 */
final class SamplerNodes {
  private static final int PREVIEW_SIDE = 256;

  private SamplerNodes() {}

  static NodeResult simple(Inputs inputs, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    int steps = Math.max(1, inputs.integer("steps", 20));
    double denoise = Math.clamp(inputs.decimal("denoise", 1), 0.0, 1.0);
    Pass.Span span = new Pass.Span(steps, 0, denoise > 0 ? steps : 0, false);
    return sample(inputs, context, pass(inputs, "seed", span, denoise, true));
  }

  /** A start beyond the end does nothing, as in ComfyUI. */
  static NodeResult advanced(Inputs inputs, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    int steps = Math.max(1, inputs.integer("steps", 20));
    int end = Math.min(steps, inputs.integer("end_at_step", steps));
    int start = Math.min(steps, Math.max(0, inputs.integer("start_at_step", 0)));
    boolean leaves = inputs.text("return_with_leftover_noise", "disable").equals("enable");
    boolean adds = inputs.text("add_noise", "enable").equals("enable");
    Pass.Span span = new Pass.Span(steps, start, end, leaves);
    double strength = adds ? span.noiseBefore() : 1;
    return sample(inputs, context, pass(inputs, "noise_seed", span, strength, adds));
  }

  private static Pass pass(
      Inputs inputs, String seed, Pass.Span span, double strength, boolean addsNoise)
      throws NodeException {
    return new Pass(
        inputs.get("model", DiffusionModel.class),
        inputs.get("positive", Conditioning.class),
        inputs.get("negative", Conditioning.class),
        inputs.seed(seed),
        inputs.decimal("cfg", 8),
        inputs.text("sampler_name", "euler"),
        inputs.text("scheduler", "normal"),
        span,
        strength,
        addsNoise);
  }

  private static NodeResult sample(Inputs inputs, NodeContext context, Pass pass)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    Latent given = inputs.get("latent_image", Latent.class);
    int steps = pass.span().count();
    if (steps == 0) {
      return NodeResult.of(given);
    }
    Latent latent = given.after(pass);
    Picture picture = small(latent.samples().first());
    Noise noise = new Noise(pass.seed());
    for (int step = 1; step <= steps; step++) {
      context.step();
      double left = pass.span().noiseBefore() * (steps - step) / steps;
      byte[] preview = Jpeg.encode(noise.over(picture, left), PREVIEW_SIDE);
      context.progress(step, steps, Optional.of(preview));
    }
    return NodeResult.of(latent);
  }

  private static Picture small(Picture picture) {
    double factor = (double) PREVIEW_SIDE / Math.max(picture.width(), picture.height());
    return factor >= 1
        ? picture
        : picture.scaledTo(
            new FrameSize(
                Math.max(1, (int) (picture.width() * factor)),
                Math.max(1, (int) (picture.height() * factor))));
  }
}
