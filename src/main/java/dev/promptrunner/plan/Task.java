package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRange;
import dev.promptrunner.workflow.Pass;
import java.util.Map;
import java.util.Optional;

/**
 * What a job does, without the files: those are its {@link Need needs} and {@link Product
 * products}.
 */
public sealed interface Task {
  /**
   * Sends a pass of the recipe to a server.
   *
   * @param values the recipe's variables that are known when planning: Integer, BigInteger, Double
   *     or String by name
   */
  record Render(Pass pass, boolean withReference, Map<String, Object> values) implements Task {
    public Render {
      values = Map.copyOf(values);
    }
  }

  /**
   * Cuts one frame as PNG: frame {@code LENGTH − fromEnd}, or frame 0 of a video not longer than
   * that.
   *
   * @param fromEnd counted from the measured length of the segment
   */
  record CutReference(int fromEnd) implements Task {
    /** The frame's number, from 0, in a segment of this measured length. */
    public int index(int length) {
      return length <= fromEnd ? 0 : length - fromEnd;
    }
  }

  /**
   * Joins the videos of the job's needs, in their order, into one.
   *
   * @param keepOfLast the frames taken of the last need; empty for all of it. The others are whole
   */
  record Join(Optional<FrameRange> keepOfLast) implements Task {}

  /** Zips the final video with its manifest and proves that it arrived. */
  record Deliver() implements Task {}
}
