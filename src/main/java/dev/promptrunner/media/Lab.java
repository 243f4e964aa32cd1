package dev.promptrunner.media;

/**
 * A colour, or a sum of some, in CIELAB under D65, from sRGB.
 *
 * @param l lightness, 0 to 100 for a colour
 * @param a green to red
 * @param b blue to yellow
 */
record Lab(double l, double a, double b) {
  static final Lab NONE = new Lab(0, 0, 0);

  private static final double[] LINEAR = linear();

  // D65's white, which sRGB's matrix gives for (1, 1, 1).
  private static final double WHITE_X = 0.95047;
  private static final double WHITE_Z = 1.08883;

  /** The mean over the pixels. */
  static Lab mean(Picture picture) {
    byte[] rgb = picture.rgb();
    double l = 0;
    double a = 0;
    double b = 0;
    for (int at = 0; at < rgb.length; at += 3) {
      Lab pixel = of(rgb[at] & 0xff, rgb[at + 1] & 0xff, rgb[at + 2] & 0xff);
      l += pixel.l;
      a += pixel.a;
      b += pixel.b;
    }
    double pixels = rgb.length / 3.0;
    return new Lab(l / pixels, a / pixels, b / pixels);
  }

  /** Of a colour of sRGB, 0 to 255 each. */
  static Lab of(int red, int green, int blue) {
    double r = LINEAR[red];
    double g = LINEAR[green];
    double b = LINEAR[blue];
    double x = compressed((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE_X);
    double y = compressed(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = compressed((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE_Z);
    return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
  }

  Lab plus(Lab other) {
    return new Lab(l + other.l, a + other.a, b + other.b);
  }

  /** ΔE*ab of 1976. */
  double distanceTo(Lab other) {
    return Math.sqrt(square(l - other.l) + square(a - other.a) + square(b - other.b));
  }

  private static double square(double value) {
    return value * value;
  }

  private static double compressed(double t) {
    double edge = 6 / 29.0;
    return t > edge * edge * edge ? Math.cbrt(t) : t / (3 * edge * edge) + 4 / 29.0;
  }

  private static double[] linear() {
    double[] linear = new double[256];
    for (int level = 0; level < 256; level++) {
      double v = level / 255.0;
      linear[level] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
    return linear;
  }
}
