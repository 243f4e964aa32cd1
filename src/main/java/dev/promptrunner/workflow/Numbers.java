package dev.promptrunner.workflow;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the planner must know of a model and its workflows.
 *
 * @param rule which numbers of frames the model renders
 * @param frameRate of segments; combined videos have it times {@link Combining#framesFactor}
 * @param nativeFrames the length that the model was trained on; far longer chunks look worse
 * @param referenceOffset the reference is the frame so many before a segment's end, ≥ 1
 * @param driftAfter extensions without a fresh reference after which colours drift
 * @param sizeMultiple both sides of a picture are multiples of it
 * @param usualSize for who does not choose
 * @param steps sampling steps, if the recipe sets them; otherwise the workflow does
 * @param swap how long changing the model takes, for the order of jobs
 * @param combining what the combine workflow does to a segment
 */
public record Numbers(
    FrameRule rule,
    FrameRate frameRate,
    int nativeFrames,
    int referenceOffset,
    int driftAfter,
    int sizeMultiple,
    FrameSize usualSize,
    OptionalInt steps,
    Duration swap,
    Combining combining) {

  /**
   * What the combine workflow does to the frames of one segment.
   *
   * @param framesFactor ≥ 1; the frame rate grows by the same factor, so the duration stays
   * @param framesShort how many of those may be missing: an interpolation that has nothing after
   *     the last frame makes 2n−1 of n
   * @param sizeFactor by how much width and height grow, ≥ 1
   */
  public record Combining(int framesFactor, int framesShort, int sizeFactor) {
    /** The most that a segment of so many frames becomes. */
    public int framesOf(int frames) {
      return Math.multiplyExact(frames, framesFactor);
    }

    /** Whether a segment of {@code frames} may have become so many {@code combined} frames. */
    public boolean accepts(int frames, int combined) {
      return combined <= framesOf(frames) && combined >= framesOf(frames) - framesShort;
    }
  }

  /** Of combined videos. */
  public FrameRate combinedRate() {
    return frameRate.times(combining.framesFactor());
  }
}
