package dev.promptrunner.media;

/**
 * Brightness of the pixels of a picture by BT.709's weights, 0 to 255.
 *
 * @param levels one byte a pixel, unsigned; not copied
 * @param mean of all pixels
 */
@SuppressWarnings("ArrayRecordComponent") // seen by the class that made it alone
record Luma(byte[] levels, double mean) {
  // BT.709's weights in parts of 65536; they add up to it, so white stays white.
  private static final int RED = 13933;
  private static final int GREEN = 46871;
  private static final int BLUE = 4732;
  private static final int HALF = 1 << 15;

  static Luma of(Picture picture) {
    byte[] rgb = picture.rgb();
    byte[] levels = new byte[rgb.length / 3];
    long sum = 0;
    for (int i = 0, at = 0; i < levels.length; i++, at += 3) {
      int weighted =
          RED * (rgb[at] & 0xff) + GREEN * (rgb[at + 1] & 0xff) + BLUE * (rgb[at + 2] & 0xff);
      int level = (weighted + HALF) >> 16;
      levels[i] = (byte) level;
      sum += level;
    }
    return new Luma(levels, (double) sum / levels.length);
  }

  /** Mean absolute difference after the difference of the means is taken out. */
  double motionTo(Luma next) {
    double shift = next.mean - mean;
    double sum = 0;
    for (int i = 0; i < levels.length; i++) {
      sum += Math.abs((next.levels[i] & 0xff) - (levels[i] & 0xff) - shift);
    }
    return sum / levels.length;
  }
}
