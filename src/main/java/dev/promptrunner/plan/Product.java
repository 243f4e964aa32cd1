package dev.promptrunner.plan;

/**
 * A file that a job leaves behind.
 *
 * @param path relative to the output root, with {@code /}
 * @param leastFrames the fewest frames the video may have; 0 when it is not a video
 * @param mostFrames the most it may have; equal to {@code leastFrames} when the count is exact
 */
public record Product(Role role, String path, int leastFrames, int mostFrames) {
  public Product {
    if (leastFrames < 0 || mostFrames < leastFrames) {
      throw new IllegalArgumentException(
          "%s cannot have %d to %d frames".formatted(path, leastFrames, mostFrames));
    }
  }

  /** A file that is not a video. */
  public static Product file(Role role, String path) {
    return new Product(role, path, 0, 0);
  }

  public boolean isVideo() {
    return mostFrames > 0;
  }

  /** Whether a measured number of frames is one that this video may have. */
  public boolean allows(int frames) {
    return leastFrames <= frames && frames <= mostFrames;
  }

  /** {@code 500} or {@code 499 to 500}. */
  public String expected() {
    return leastFrames == mostFrames
        ? Integer.toString(leastFrames)
        : leastFrames + " to " + mostFrames;
  }
}
