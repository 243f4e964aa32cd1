package dev.promptrunner.simulator.picture;

import dev.promptrunner.media.Picture;

/** What too few steps leave in a picture: coloured noise, another in each frame. */
public final class Noise {
  /** Less than this is not seen. */
  private static final double FAINTEST = 0.004;

  private final Tile tile;

  /** Noise of this seed. */
  public Noise(long seed) {
    this.tile = Tile.grain(seed);
  }

  /**
   * A copy of the picture in the noise.
   *
   * @param level 0 (none) … 1 (nothing else is left)
   */
  public Picture over(Picture picture, double level) {
    byte[] rgb = picture.rgb().clone();
    add(rgb, picture.width(), 0, level);
    return new Picture(picture.width(), picture.height(), rgb);
  }

  void add(byte[] rgb, int width, int frame, double level) {
    if (level < FAINTEST) {
      return;
    }
    int share = (int) Math.round(256 * Math.min(1, level));
    int keep = 256 - share;
    int shiftX = (int) Chance.mixed(frame, 1) & 255;
    int shiftY = (int) Chance.mixed(frame, 2) & 255;
    int rows = rgb.length / 3 / width;
    for (int y = 0; y < rows; y++) {
      int at = y * width * 3;
      for (int x = 0; x < width * 3; x++, at++) {
        // three columns of the tile for the three channels of a pixel
        int noise = 128 + tile.at(x + shiftX, y + shiftY);
        rgb[at] = (byte) ((rgb[at] & 255) * keep + noise * share >> 8);
      }
    }
  }
}
