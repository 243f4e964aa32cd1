package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import java.util.List;

/** The core nodes between pictures and latents, and those that scale either. */
final class CodingNodes {
  private CodingNodes() {}

  static NodeResult decode(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(inputs.get("samples", Latent.class).samples());
  }

  static NodeResult encode(Inputs inputs, NodeContext context) throws NodeException {
    Frames pixels = inputs.get("pixels", Frames.class);
    FrameSize own = pixels.size();
    FrameSize size = EmptyLatents.size(own.width(), own.height());
    return NodeResult.of(new Latent(Cropping.fitted(pixels, size)));
  }

  static NodeResult scaleLatent(Inputs inputs, NodeContext context) throws NodeException {
    Latent latent = inputs.get("samples", Latent.class);
    FrameSize size = wished(inputs, latent.samples().size());
    return scaled(latent, EmptyLatents.size(size.width(), size.height()), inputs);
  }

  static NodeResult scaleLatentBy(Inputs inputs, NodeContext context) throws NodeException {
    Latent latent = inputs.get("samples", Latent.class);
    FrameSize size = times(latent.samples().size(), inputs.decimal("scale_by", 1.5));
    return scaled(latent, EmptyLatents.size(size.width(), size.height()), inputs);
  }

  /** What was sampled is fixed by it: another sampler begins with these pixels. */
  private static NodeResult scaled(Latent latent, FrameSize size, Inputs inputs) {
    Frames frames = resized(latent.samples(), size, inputs);
    return NodeResult.of(new Latent(frames, frames, latent.length(), List.of()));
  }

  static NodeResult scaleImage(Inputs inputs, NodeContext context) throws NodeException {
    Frames image = inputs.get("image", Frames.class);
    return NodeResult.of(resized(image, wished(inputs, image.size()), inputs));
  }

  static NodeResult scaleImageBy(Inputs inputs, NodeContext context) throws NodeException {
    Frames image = inputs.get("image", Frames.class);
    FrameSize size = times(image.size(), inputs.decimal("scale_by", 1));
    return NodeResult.of(resized(image, size, inputs));
  }

  private static Frames resized(Frames frames, FrameSize size, Inputs inputs) {
    return inputs.text("crop", "disabled").equals("center")
        ? Cropping.fitted(frames, size)
        : frames.scaledTo(size);
  }

  /** A side of 0 follows from the other; two leave the size alone. */
  private static FrameSize wished(Inputs inputs, FrameSize own) {
    int width = Math.max(0, inputs.integer("width", 0));
    int height = Math.max(0, inputs.integer("height", 0));
    if (width == 0 && height == 0) {
      return own;
    }
    if (width == 0) {
      return new FrameSize(side((double) own.width() * height / own.height()), height);
    }
    return height == 0
        ? new FrameSize(width, side((double) own.height() * width / own.width()))
        : new FrameSize(width, height);
  }

  private static FrameSize times(FrameSize own, double factor) {
    return new FrameSize(side(own.width() * factor), side(own.height() * factor));
  }

  private static int side(double pixels) {
    return (int) Math.max(1, Math.round(pixels));
  }
}
