package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Jpeg;
import dev.promptrunner.media.MediaException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The video model without a model: the pixels of the control video pass through unchanged, with the
 * arithmetic, the waiting and the errors of the real nodes.
 */
final class WanNodes {
  private static final int PREVIEW_SIDE = 256;

  private WanNodes() {}

  static NodeResult load(Inputs inputs, NodeContext context) throws InterruptedException {
    Model model = new Model(inputs.text("model", ""));
    context.load(model.file());
    return NodeResult.of(model);
  }

  /** Wan renders 4n+1 frames and drops the rest without a word; what is missing is made grey. */
  static NodeResult encode(Inputs inputs, NodeContext context) throws NodeException {
    int asked = inputs.integer("num_frames", 0);
    int width = inputs.integer("width", 0);
    int height = inputs.integer("height", 0);
    if (asked < 1 || width < 1 || height < 1) {
      throw new NodeException(
          "ValueError", "cannot encode " + asked + " frames of " + width + "x" + height);
    }
    int count = (asked - 1) / 4 * 4 + 1;
    FrameSize size = new FrameSize(width, height);
    Frames frames =
        inputs
            .find("input_frames", Frames.class)
            .map(given -> padded(given.scaledTo(size), count))
            .orElseGet(() -> StillFrames.grey(size, count));
    return NodeResult.of(new Embeds(frames, inputs.find("ref_images", Frames.class).isPresent()));
  }

  private static Frames padded(Frames given, int count) {
    if (given.count() >= count) {
      return new FrameSlice(given, 0, count);
    }
    Frames grey = StillFrames.grey(given.size(), count - given.count());
    return new FrameChain(List.of(given, grey));
  }

  static NodeResult sample(Inputs inputs, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    Model model = inputs.get("model", Model.class);
    Embeds embeds = inputs.get("image_embeds", Embeds.class);
    Optional<Latent> given = inputs.find("samples", Latent.class);
    if (model.isLow()) {
      requireLatent(given, embeds.frames().count());
    }
    Frames frames = given.map(Latent::samples).orElse(embeds.frames());
    byte[] preview = Jpeg.encode(frames.first(), PREVIEW_SIDE);
    int steps = inputs.integer("steps", 1);
    for (int step = 1; step <= steps; step++) {
      context.step();
      context.progress(step, steps, Optional.of(preview));
    }
    Latent latent = new Latent(frames);
    return NodeResult.of(latent, latent);
  }

  private static void requireLatent(Optional<Latent> given, int wanted) throws NodeException {
    if (given.isEmpty()) {
      throw new NodeException("ValueError", "the low-noise pass got no latent");
    }
    int found = given.get().samples().count();
    if (found != wanted) {
      throw new NodeException(
          "ValueError", "latent has " + found + " frames, " + wanted + " wanted");
    }
  }

  static NodeResult decode(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(inputs.get("samples", Latent.class).samples());
  }
}
