package dev.promptrunner.simulator.picture;

import java.util.SplittableRandom;

/** A square of 256 × 256 values from −127 to 127 that can be laid side by side without a seam. */
final class Tile {
  private static final int SIDE = 256;
  private static final int MASK = SIDE - 1;

  /** How much fainter the smaller spots are. */
  private static final float FINER = 0.65f;

  private final byte[] values;

  private Tile(byte[] values) {
    this.values = values;
  }

  /** Every value by itself. */
  static Tile grain(long seed) {
    byte[] values = new byte[SIDE * SIDE];
    new SplittableRandom(seed).nextBytes(values);
    return new Tile(values);
  }

  /**
   * Soft spots, and smaller ones upon them.
   *
   * @param width of the largest spots, a power of 2 from 2 to 128
   * @param height of the largest spots, likewise
   * @param layers how often spots of half the size, and fainter, are added, ≥ 1
   */
  static Tile spots(long seed, int width, int height, int layers) {
    float[] sum = new float[SIDE * SIDE];
    float weight = 1;
    float total = 0;
    for (int layer = 0; layer < layers; layer++) {
      add(
          sum,
          Chance.mixed(seed, layer),
          Math.max(2, width >> layer),
          Math.max(2, height >> layer),
          weight);
      total += weight;
      weight *= FINER;
    }
    byte[] values = new byte[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) Math.clamp(Math.round(sum[i] / total * 180), -127, 127);
    }
    return new Tile(values);
  }

  private static void add(float[] sum, long seed, int width, int height, float weight) {
    int columns = SIDE / width;
    int rows = SIDE / height;
    float[] knots = new float[columns * rows];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < knots.length; i++) {
      knots[i] = (float) random.nextDouble(-weight, weight);
    }
    for (int y = 0; y < SIDE; y++) {
      int top = y / height * columns;
      int bottom = (y / height + 1) % rows * columns;
      float down = eased((y % height) / (float) height);
      for (int x = 0; x < SIDE; x++) {
        int left = x / width;
        int right = (left + 1) % columns;
        float across = eased((x % width) / (float) width);
        float above = knots[top + left] + (knots[top + right] - knots[top + left]) * across;
        float below =
            knots[bottom + left] + (knots[bottom + right] - knots[bottom + left]) * across;
        sum[y * SIDE + x] += above + (below - above) * down;
      }
    }
  }

  private static float eased(float share) {
    return share * share * (3 - 2 * share);
  }

  int at(int x, int y) {
    return values[(y & MASK) << 8 | x & MASK];
  }
}
