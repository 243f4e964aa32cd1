package dev.promptrunner.media;

import java.util.OptionalInt;

/**
 * A number as black and white blocks in the lowest eighth of a picture: one row holds its 16 bits,
 * the highest first, the row below their opposites. All places are fractions of the picture, so the
 * strip outlives scaling; a picture without it is told by its missing contrast.
 */
final class NumberStrip {
  static final int BITS = 16;

  /** Least difference of brightness between a block and its opposite. */
  private static final int CONTRAST = 60;

  private static final double TOP = 7 / 8.0;
  private static final double MIDDLE = 15 / 16.0;
  private static final int WHITE = 0xf0f0f0;
  private static final int BLACK = 0x101010;

  private NumberStrip() {}

  static void paint(Canvas canvas, int width, int height, int number) {
    int top = (int) Math.round(height * TOP);
    int middle = (int) Math.round(height * MIDDLE);
    for (int block = 0; block < BITS; block++) {
      int left = width * block / BITS;
      int right = width * (block + 1) / BITS;
      boolean set = (number >> (BITS - 1 - block) & 1) == 1;
      canvas.rectangle(left, top, right, middle, set ? WHITE : BLACK);
      canvas.rectangle(left, middle, right, height, set ? BLACK : WHITE);
    }
  }

  static OptionalInt read(Picture picture) {
    int number = 0;
    for (int block = 0; block < BITS; block++) {
      int difference =
          brightness(picture, block, TOP, MIDDLE) - brightness(picture, block, MIDDLE, 1);
      if (Math.abs(difference) < CONTRAST) {
        return OptionalInt.empty();
      }
      number = number << 1 | (difference > 0 ? 1 : 0);
    }
    return OptionalInt.of(number);
  }

  /** The mean over the inner half of a block: its edges belong to the neighbours after coding. */
  private static int brightness(Picture picture, int block, double top, double bottom) {
    double blockWidth = (double) picture.width() / BITS;
    int left = (int) ((block + 0.25) * blockWidth);
    int right = Math.max(left + 1, (int) ((block + 0.75) * blockWidth));
    int first = (int) (picture.height() * (top + (bottom - top) / 4));
    int last = Math.max(first + 1, (int) (picture.height() * (bottom - (bottom - top) / 4)));
    long sum = 0;
    for (int y = first; y < last; y++) {
      for (int x = left; x < right; x++) {
        sum += picture.rgb()[(y * picture.width() + x) * 3 + 1] & 0xff; // green is most of luma
      }
    }
    return (int) (sum / ((long) (right - left) * (last - first)));
  }
}
