package dev.promptrunner.config;

import dev.promptrunner.base.FrameSize;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What changes the frames.
 *
 * @param framesPerChunk 1 … 100,000
 * @param overlap 0 … framesPerChunk − 1
 * @param size sides are multiples of 16; empty takes the recipe's
 * @param seed 0 … 2⁶⁴−1; empty takes the recipe's
 * @param iterations videos of each prompt file, 1 … 1,000
 */
public record RenderConfig(
    int framesPerChunk,
    int overlap,
    Optional<FrameSize> size,
    Optional<BigInteger> seed,
    int iterations,
    Combine combine,
    Order order,
    ShortControlVideo shortControlVideo) {

  /** Who joins the segments. */
  public enum Combine {
    WORKFLOW,
    APPEND,
    COPY
  }

  /** Which jobs follow each other. */
  public enum Order {
    ADJACENT,
    WAVE
  }

  /** What to do with a control video that is shorter than the frames asked for. */
  public enum ShortControlVideo {
    REFUSE,
    CLAMP
  }

  static RenderConfig of(Resolved settings) {
    return new RenderConfig(
        settings.get(Keys.FRAMES_PER_CHUNK),
        settings.get(Keys.OVERLAP),
        settings.get(Keys.SIZE),
        settings.get(Keys.SEED),
        settings.get(Keys.ITERATIONS),
        settings.get(Keys.COMBINE),
        settings.get(Keys.ORDER),
        settings.get(Keys.SHORT_CONTROL_VIDEO));
  }
}
