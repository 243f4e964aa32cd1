package dev.promptrunner.simulator.picture;

/**
 * The 256 colours, 0xRRGGBB, that a part of the picture goes through from its dark to its light.
 */
final class Ramp {
  private final int[] colours = new int[256];

  /**
   * Colours of one hue that ends in another.
   *
   * @param darkest lightness at 0
   * @param lightest lightness at 255
   * @param contrast 1 leaves the lightness, more spreads it about the middle until it clips
   */
  Ramp(
      double fromHue,
      double toHue,
      double saturation,
      double darkest,
      double lightest,
      double contrast) {
    for (int i = 0; i < colours.length; i++) {
      double share = i / 255.0;
      double plain = darkest + (lightest - darkest) * share;
      double light = Math.clamp(0.5 + (plain - 0.5) * contrast, 0.0, 1.0);
      colours[i] = colour(fromHue + nearestTurn(toHue - fromHue) * share, saturation, light);
    }
  }

  /** The colour at a value, which is held within 0 … 255. */
  int at(int value) {
    return colours[value < 0 ? 0 : Math.min(value, 255)];
  }

  private static double nearestTurn(double turns) {
    return turns - Math.rint(turns);
  }

  /** Hue in turns, saturation and lightness 0 … 1, as 0xRRGGBB. */
  static int colour(double hue, double saturation, double lightness) {
    double spread = saturation * Math.min(lightness, 1 - lightness);
    int rgb = 0;
    for (int offset : new int[] {0, 8, 4}) {
      double sector = (offset + (hue - Math.floor(hue)) * 12) % 12;
      double part = Math.clamp(Math.min(sector - 3, 9 - sector), -1.0, 1.0);
      rgb = rgb << 8 | (int) Math.round(255 * (lightness - spread * part));
    }
    return rgb;
  }
}
