package dev.promptrunner.plan;

import dev.promptrunner.base.FrameRange;

/**
 * A run of frames rendered together.
 *
 * @param index from 0
 * @param kept the frames of the final video that come from this chunk
 * @param rendered the window of the control video that is rendered: longer than {@code kept} by the
 *     overlap before and by what 4n+1 asks for after
 */
public record Chunk(int index, FrameRange kept, FrameRange rendered) {
  public Chunk {
    if (rendered.start() > kept.start() || rendered.end() < kept.end()) {
      throw new IllegalArgumentException("frames " + kept + " lie outside the window " + rendered);
    }
  }

  /** How many first frames of the segment are dropped when joining. */
  public int skip() {
    return kept.start() - rendered.start();
  }

  /** The frames of the segment that are kept, counted within the segment. */
  public FrameRange keptInSegment() {
    return new FrameRange(skip(), kept.length());
  }
}
