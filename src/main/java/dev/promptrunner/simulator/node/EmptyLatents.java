package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import java.util.List;

/** Latents to begin with. A latent holds 8 × 8 pixels in one place, so sides are multiples of 8. */
final class EmptyLatents {
  private static final int CELL = 8;

  private EmptyLatents() {}

  static NodeResult images(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(latent(inputs, 1));
  }

  static NodeResult videos(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(video(inputs));
  }

  /** Video models render 4n + 1 frames and drop the rest without a word. */
  static Latent video(Inputs inputs) throws NodeException {
    return latent(inputs, (Math.max(1, inputs.integer("length", 1)) - 1) / 4 * 4 + 1);
  }

  private static Latent latent(Inputs inputs, int length) throws NodeException {
    FrameSize size = size(inputs.integer("width", 512), inputs.integer("height", 512));
    int clips = Math.max(1, inputs.integer("batch_size", 1));
    Frames grey = StillFrames.grey(size, Math.multiplyExact(length, clips));
    return new Latent(grey, grey, length, List.of());
  }

  /**
   * The size that remains of a wished one.
   *
   * @throws NodeException when nothing does
   */
  static FrameSize size(int width, int height) throws NodeException {
    if (width < CELL || height < CELL) {
      throw new NodeException(
          "RuntimeError", "a latent needs 8x8 pixels or more, found " + width + "x" + height);
    }
    return new FrameSize(width / CELL * CELL, height / CELL * CELL);
  }
}
