package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import java.util.ArrayList;
import java.util.List;

/** Nodes that turn batches of images into others. */
final class BatchNodes {
  private static final int MOST_INPUTS = 5;

  private BatchNodes() {}

  /** Grain, colour and depth change how a frame looks, not which frame it is: here nothing. */
  static NodeResult same(Inputs inputs, String name) throws NodeException {
    return NodeResult.of(inputs.get(name, Frames.class));
  }

  static NodeResult firstAndLast(Inputs inputs, NodeContext context) throws NodeException {
    Frames images = inputs.get("images", Frames.class);
    return NodeResult.of(
        new FrameSlice(images, 0, 1), new FrameSlice(images, images.count() - 1, 1));
  }

  /** All batches in order, in the size of the first. */
  static NodeResult join(Inputs inputs, NodeContext context) throws NodeException {
    List<Frames> parts = new ArrayList<>();
    Frames first = inputs.get("image_1", Frames.class);
    parts.add(first);
    for (int i = 2; i <= MOST_INPUTS; i++) {
      inputs
          .find("image_" + i, Frames.class)
          .ifPresent(part -> parts.add(part.scaledTo(first.size())));
    }
    return NodeResult.of(new FrameChain(parts));
  }

  static NodeResult upscale(Inputs inputs, NodeContext context) throws NodeException {
    Frames image = inputs.get("image", Frames.class);
    FrameSize own = image.size();
    double factor =
        inputs.text("mode", "rescale").equals("resize")
            ? inputs.integer("resize_width", own.width()) / (double) own.width()
            : inputs.decimal("rescale_factor", 1);
    int width = (int) (own.width() * factor);
    int height = (int) (own.height() * factor);
    if (width < 1 || height < 1) {
      throw new NodeException("ValueError", "cannot scale " + own + " by " + factor);
    }
    return NodeResult.of(image.scaledTo(new FrameSize(width, height)), "");
  }

  static NodeResult interpolate(Inputs inputs, NodeContext context) throws NodeException {
    Frames frames = inputs.get("frames", Frames.class);
    int times = inputs.integer("multiplier", 2);
    if (times < 1) {
      throw new NodeException("ValueError", "multiplier must be 1 or more, found " + times);
    }
    return NodeResult.of(new RepeatedFrames(frames, times));
  }
}
