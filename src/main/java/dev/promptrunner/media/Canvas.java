package dev.promptrunner.media;

import dev.promptrunner.base.FrameSize;

/** A picture to paint on, with soft edges; colours are 0xRRGGBB. Not for use by several threads. */
final class Canvas {
  private final FrameSize size;
  private final byte[] rgb;

  Canvas(FrameSize size) {
    this.size = size;
    this.rgb = new byte[size.width() * size.height() * 3];
  }

  Picture picture() {
    return new Picture(size.width(), size.height(), rgb);
  }

  /** Fills the rows of {@code [top, bottom)} with a colour that goes over into another. */
  void gradient(int top, int bottom, int from, int to) {
    for (int y = top; y < bottom; y++) {
      rectangle(0, y, size.width(), y + 1, mix(from, to, (double) (y - top) / (bottom - top)));
    }
  }

  void rectangle(int left, int top, int right, int bottom, int colour) {
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        set(x, y, colour);
      }
    }
  }

  /** A line with round ends; a point of it is a disc of the radius. */
  void line(double x1, double y1, double x2, double y2, double radius, int colour) {
    int left = Math.max(0, (int) (Math.min(x1, x2) - radius - 1));
    int right = Math.min(size.width() - 1, (int) (Math.max(x1, x2) + radius + 1));
    int top = Math.max(0, (int) (Math.min(y1, y2) - radius - 1));
    int bottom = Math.min(size.height() - 1, (int) (Math.max(y1, y2) + radius + 1));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double inside = radius + 0.5 - distance(x, y, x1, y1, x2, y2);
        blend(x, y, colour, Math.clamp(inside, 0.0, 1.0));
      }
    }
  }

  void disc(double x, double y, double radius, int colour) {
    line(x, y, x, y, radius, colour);
  }

  private static double distance(double x, double y, double x1, double y1, double x2, double y2) {
    double dx = x2 - x1;
    double dy = y2 - y1;
    double length = dx * dx + dy * dy;
    double along = length == 0 ? 0 : Math.clamp(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0);
    return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
  }

  private void blend(int x, int y, int colour, double share) {
    if (share > 0) {
      int i = (y * size.width() + x) * 3;
      int under = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | (rgb[i + 2] & 0xff);
      set(x, y, mix(under, colour, share));
    }
  }

  private void set(int x, int y, int colour) {
    int i = (y * size.width() + x) * 3;
    rgb[i] = (byte) (colour >> 16);
    rgb[i + 1] = (byte) (colour >> 8);
    rgb[i + 2] = (byte) colour;
  }

  private static int mix(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = from >> shift & 0xff;
      int b = to >> shift & 0xff;
      mixed |= (int) Math.round(a + (b - a) * share) << shift;
    }
    return mixed;
  }
}
