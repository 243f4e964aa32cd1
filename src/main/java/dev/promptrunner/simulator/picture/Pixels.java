package dev.promptrunner.simulator.picture;

/** Arithmetic of colours, 0xRRGGBB or three bytes in a row. */
final class Pixels {
  private Pixels() {}

  /** The share of the second colour is 0 … 256. */
  static int mix(int first, int second, int share) {
    int red = mixed(first >> 16 & 255, second >> 16 & 255, share);
    int green = mixed(first >> 8 & 255, second >> 8 & 255, share);
    return red << 16 | green << 8 | mixed(first & 255, second & 255, share);
  }

  private static int mixed(int first, int second, int share) {
    return first + ((second - first) * share >> 8);
  }

  static void set(byte[] rgb, int at, int colour) {
    rgb[at] = (byte) (colour >> 16);
    rgb[at + 1] = (byte) (colour >> 8);
    rgb[at + 2] = (byte) colour;
  }

  /** Adds a share of the colour; a negative one takes it away. */
  static void add(byte[] rgb, int at, int colour, double share) {
    rgb[at] = held((rgb[at] & 255) + share * (colour >> 16 & 255));
    rgb[at + 1] = held((rgb[at + 1] & 255) + share * (colour >> 8 & 255));
    rgb[at + 2] = held((rgb[at + 2] & 255) + share * (colour & 255));
  }

  private static byte held(double value) {
    return (byte) Math.clamp((int) value, 0, 255);
  }
}
