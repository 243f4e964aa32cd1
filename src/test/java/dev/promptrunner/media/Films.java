package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/** Videos of which is known what a measure has to say. */
final class Films {
  static final FrameSize SIZE = new FrameSize(320, 192);
  static final FrameRate RATE = FrameRate.of(8);

  /** Before this frame the figure is not in sight. */
  private static final int ENTERED = 30;

  private Films() {}

  static Path of(Path file, int frames, IntFunction<Picture> pictures) throws MediaException {
    return of(file, SIZE, frames, pictures);
  }

  static Path of(Path file, FrameSize size, int frames, IntFunction<Picture> pictures)
      throws MediaException {
    Encoding encoding = new Encoding(10, "fast", "yuv420p", Map.of());
    try (FrameWriter writer = FrameWriter.create(file, size, RATE, encoding)) {
      for (int number = 0; number < frames; number++) {
        writer.write(pictures.apply(number));
      }
      writer.finish();
    }
    return file;
  }

  /** A figure that walks, without the strip of the number, which jumps. */
  static Picture scene(int number) {
    return scene(SIZE, number);
  }

  static Picture scene(FrameSize size, int number) {
    Canvas canvas = new Canvas(size);
    new Scene(canvas, size.width(), size.height()).paint(ENTERED + number);
    return canvas.picture();
  }

  static Picture flat(int red, int green, int blue) {
    return shifted(
        new Picture(SIZE.width(), SIZE.height(), new byte[pixels() * 3]), red, green, blue);
  }

  static Picture grey(int level) {
    return flat(level, level, level);
  }

  private static int pixels() {
    return SIZE.width() * SIZE.height();
  }

  /** The same with this much more of each colour. */
  static Picture shifted(Picture picture, int red, int green, int blue) {
    int[] more = {red, green, blue};
    byte[] rgb = picture.rgb().clone();
    for (int at = 0; at < rgb.length; at++) {
      rgb[at] = (byte) Math.clamp((rgb[at] & 0xff) + more[at % 3], 0, 255);
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  /** The mean of a square of this radius around each pixel. */
  static Picture blurred(Picture picture, int radius) {
    byte[] rgb = picture.rgb();
    byte[] out = new byte[rgb.length];
    int width = picture.width();
    for (int at = 0; at < rgb.length; at++) {
      int x = at / 3 % width;
      int y = at / 3 / width;
      int sum = 0;
      for (int dy = -radius; dy <= radius; dy++) {
        for (int dx = -radius; dx <= radius; dx++) {
          int near = Math.clamp(x + dx, 0, width - 1);
          int row = Math.clamp(y + dy, 0, picture.height() - 1);
          sum += rgb[(row * width + near) * 3 + at % 3] & 0xff;
        }
      }
      int side = 2 * radius + 1;
      out[at] = (byte) (sum / (side * side));
    }
    return new Picture(width, picture.height(), out);
  }

  static Picture upsideDown(Picture picture) {
    int row = picture.width() * 3;
    byte[] out = new byte[picture.rgb().length];
    for (int y = 0; y < picture.height(); y++) {
      System.arraycopy(picture.rgb(), y * row, out, out.length - (y + 1) * row, row);
    }
    return new Picture(picture.width(), picture.height(), out);
  }

  static Picture grainy(Picture picture, int most, int seed) {
    Random random = new Random(seed);
    byte[] rgb = picture.rgb().clone();
    for (int at = 0; at < rgb.length; at++) {
      rgb[at] = (byte) Math.clamp((rgb[at] & 0xff) + random.nextInt(2 * most + 1) - most, 0, 255);
    }
    return new Picture(picture.width(), picture.height(), rgb);
  }

  static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }
}
