package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one pass over a video tells: how it looks at three moments, and its measures.
 *
 * <p>The pictures are decoded once and measured here, on plain arrays: most measures are FFmpeg's
 * filters in spirit but not in letter (its flicker is no second difference, its freeze detection
 * tells stretches of time and not a share), and each filter would walk over the frame again.
 * Likeness to a reference is FFmpeg's own, so that the numbers are those everybody knows.
 *
 * @param frames as decoded, ≥ 1; 1 for a still picture
 * @param size of the first frame
 * @param rate the average rate; empty for a still picture
 * @param posters JPEG pictures of the frames at a sixth, a half and five sixths of the length, in
 *     this order, fewer when there are fewer frames. Not the ends: the first frame of image to
 *     video is its input and the same in every result, and both ends are where fades are
 */
public record Glance(
    int frames, FrameSize size, Optional<FrameRate> rate, List<byte[]> posters, Measures measures) {
  public Glance {
    posters = List.copyOf(posters);
  }

  /**
   * Decodes the whole file, and the reference beside it; memory for a few frames and some bytes a
   * frame is all that it takes. Safe for use by many threads on different files.
   *
   * @param file a video, or a PNG, JPEG or WebP picture, which is a video of one frame here
   * @throws MediaException when either file is missing, truncated, damaged or no video
   */
  public static Glance of(Path file, Asked asked) throws MediaException {
    return GlancePass.over(file, asked);
  }

  /**
   * What to look for.
   *
   * @param posterSide the posters' longest side in pixels, ≥ 1; smaller frames are not enlarged
   * @param borders the frames at which a chunk begins, counted from 0 and without it, in any order;
   *     those past the end are of no use and of no harm
   * @param reference what to compare with, frame by frame, up to the end of the shorter one; scaled
   *     to the size of the file
   */
  public record Asked(int posterSide, List<Integer> borders, Optional<Path> reference) {
    private static final int USUAL_SIDE = 320;

    public Asked {
      borders = List.copyOf(borders);
      if (posterSide < 1) {
        throw new IllegalArgumentException("not a side in pixels: " + posterSide);
      }
      if (borders.stream().anyMatch(border -> border < 1)) {
        throw new IllegalArgumentException("a chunk's border is a frame from 1 on: " + borders);
      }
    }

    /** Posters of 320 pixels, no borders, no reference. */
    public static Asked usual() {
      return new Asked(USUAL_SIDE, List.of(), Optional.empty());
    }
  }
}
