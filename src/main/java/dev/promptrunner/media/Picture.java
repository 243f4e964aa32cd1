package dev.promptrunner.media;

import dev.promptrunner.base.FrameSize;
import java.util.Arrays;

/**
 * A picture in memory, 8 bits each of red, green and blue, row by row from the top, without
 * padding.
 *
 * @param width columns, ≥ 1
 * @param height rows, ≥ 1
 * @param rgb {@code width * height * 3} bytes; not copied, so whoever passes it on does not write
 *     to it any more
 */
@SuppressWarnings("ArrayRecordComponent") // a frame is megabytes: a copy for each would be felt
public record Picture(int width, int height, byte[] rgb) {
  public Picture {
    if (width < 1 || height < 1 || rgb.length != Math.multiplyExact(width * height, 3)) {
      throw new IllegalArgumentException(
          "not a picture: %dx%d with %d bytes".formatted(width, height, rgb.length));
    }
  }

  public FrameSize size() {
    return new FrameSize(width, height);
  }

  /** The same picture in another size, each pixel taken from its nearest neighbour. */
  public Picture scaledTo(FrameSize target) {
    if (target.width() == width && target.height() == height) {
      return this;
    }
    int[] columns = nearest(target.width(), width);
    byte[] scaled = new byte[Math.multiplyExact(target.width() * target.height(), 3)];
    int rowBytes = target.width() * 3;
    int lastSource = -1;
    for (int y = 0; y < target.height(); y++) {
      int source = (int) ((long) y * height / target.height());
      if (source == lastSource) {
        System.arraycopy(scaled, (y - 1) * rowBytes, scaled, y * rowBytes, rowBytes);
      } else {
        copyRow(source * width * 3, columns, scaled, y * rowBytes);
      }
      lastSource = source;
    }
    return new Picture(target.width(), target.height(), scaled);
  }

  private void copyRow(int from, int[] columns, byte[] target, int to) {
    int out = to;
    for (int column : columns) {
      int in = from + column;
      target[out] = rgb[in];
      target[out + 1] = rgb[in + 1];
      target[out + 2] = rgb[in + 2];
      out += 3;
    }
  }

  private static int[] nearest(int targets, int sources) {
    int[] offsets = new int[targets];
    Arrays.setAll(offsets, i -> (int) ((long) i * sources / targets) * 3);
    return offsets;
  }

  /** Equal pixels. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Picture(int w, int h, byte[] pixels)
        && w == width
        && h == height
        && Arrays.equals(rgb, pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "Picture[" + width + "x" + height + "]";
  }
}
