package dev.promptrunner.base;

/**
 * A run of frames of one video, counted from 0.
 *
 * @param start the first frame, ≥ 0
 * @param length how many, ≥ 1
 */
public record FrameRange(int start, int length) {
  public FrameRange {
    if (start < 0 || length < 1 || start > Integer.MAX_VALUE - length) {
      throw new IllegalArgumentException(
          "not a range of frames: start " + start + ", length " + length);
    }
  }

  /** One past the last frame. */
  public int end() {
    return start + length;
  }

  /** The last frame, inclusive. */
  public int last() {
    return start + length - 1;
  }

  @Override
  public String toString() {
    return start + "–" + last();
  }
}
