package dev.promptrunner.media;

/**
 * A colour in CIELAB under D65.
 *
 * @param l lightness, 0 to 100
 * @param a green to red
 * @param b blue to yellow
 */
record Lab(double l, double a, double b) {
  // D65's white, which sRGB's matrix gives for (1, 1, 1).
  private static final double WHITE_X = 0.95047;
  private static final double WHITE_Z = 1.08883;

  /** Of a colour of sRGB, 0 to 255 each. */
  static Lab of(double red, double green, double blue) {
    double r = linear(red / 255);
    double g = linear(green / 255);
    double b = linear(blue / 255);
    double x = compressed((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE_X);
    double y = compressed(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
    double z = compressed((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE_Z);
    return new Lab(116 * y - 16, 500 * (x - y), 200 * (y - z));
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

  private static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }
}
