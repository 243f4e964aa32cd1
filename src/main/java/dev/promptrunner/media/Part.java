package dev.promptrunner.media;

import dev.promptrunner.base.FrameRange;

/** A run of a video's frames on its way into a joined video. */
sealed interface Part {
  FrameRange frames();

  /** Its packets go over as they are; they stand together, with the number of their first frame. */
  record Copied(FrameRange frames) implements Part {}

  /** Its frames are decoded and encoded again. */
  record Encoded(FrameRange frames) implements Part {}
}
