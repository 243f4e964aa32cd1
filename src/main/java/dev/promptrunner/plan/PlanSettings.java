package dev.promptrunner.plan;

import dev.promptrunner.base.FrameSize;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What a user may choose of a plan.
 *
 * @param framesPerChunk 1 … 100,000
 * @param overlap 0 … framesPerChunk − 1
 * @param size of the rendered frames; empty for the recipe's own
 * @param seed unsigned 64 bit; empty for {@link #DEFAULT_SEED}
 * @param clampShortVideo whether a control video shorter than the frames asked for shortens the
 *     final video instead of being refused
 * @param deliver whether finished videos are delivered
 * @param simulated whether the simulator renders: then no work is one that a model rendered
 */
public record PlanSettings(
    int framesPerChunk,
    int overlap,
    Optional<FrameSize> size,
    Optional<BigInteger> seed,
    CombineMode combine,
    JobOrder order,
    boolean clampShortVideo,
    boolean deliver,
    boolean simulated) {
  public static final int DEFAULT_FRAMES_PER_CHUNK = 100;

  /** The same for every prompt file, so that prompts compare. */
  public static final BigInteger DEFAULT_SEED = BigInteger.valueOf(42);

  public PlanSettings {
    if (framesPerChunk < 1 || framesPerChunk > 100_000) {
      throw new IllegalArgumentException(
          "frames per chunk is %d: give 1 to 100000".formatted(framesPerChunk));
    }
    if (overlap < 0 || overlap >= framesPerChunk) {
      throw new IllegalArgumentException(
          "overlap is %d: give 0 to %d, less than the %d frames of a chunk"
              .formatted(overlap, framesPerChunk - 1, framesPerChunk));
    }
  }

  public static PlanSettings defaults() {
    return new PlanSettings(
        DEFAULT_FRAMES_PER_CHUNK,
        0,
        Optional.empty(),
        Optional.empty(),
        CombineMode.WORKFLOW,
        JobOrder.ADJACENT,
        false,
        false,
        false);
  }
}
