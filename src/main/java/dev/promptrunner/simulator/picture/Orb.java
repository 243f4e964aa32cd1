package dev.promptrunner.simulator.picture;

/**
 * A light that floats over the land: what a LoRA adds to the picture.
 *
 * @param seed its colour and place
 * @param strength its size and brightness; below 0 it is a shadow
 */
public record Orb(long seed, double strength) {
  private static final double LARGEST = 3;

  /** Adds it to the picture at a moment, which is in frames. */
  void paint(byte[] rgb, int width, int height, double moment) {
    double power = Math.min(LARGEST, Math.abs(strength));
    double unit = Math.min(width, height);
    double radius = unit * (0.05 + 0.1 * Math.sqrt(power));
    double x = width * drift(1, 0.13 + 0.74 * Chance.share(seed, 2), moment);
    double y = height * drift(3, 0.2 + 0.4 * Chance.share(seed, 4), moment);
    int colour = Ramp.colour(Chance.share(seed, 5), 0.85, 0.6);
    double glow = Math.signum(strength) * (0.45 + 0.4 * Math.min(1.5, power));
    glow(rgb, width, new Spot(x, y, radius), colour, glow, height);
  }

  private record Spot(double x, double y, double radius) {}

  private double drift(int salt, double middle, double moment) {
    double speed = 0.015 + 0.03 * Chance.share(seed, salt + 10);
    return middle + 0.09 * Math.sin(moment * speed + 7 * Chance.share(seed, salt));
  }

  private static void glow(byte[] rgb, int width, Spot spot, int colour, double glow, int height) {
    int left = Math.max(0, (int) (spot.x - spot.radius));
    int right = Math.min(width - 1, (int) (spot.x + spot.radius));
    int top = Math.max(0, (int) (spot.y - spot.radius));
    int bottom = Math.min(height - 1, (int) (spot.y + spot.radius));
    double square = spot.radius * spot.radius;
    for (int y = top; y <= bottom; y++) {
      double dy = (y - spot.y) * (y - spot.y);
      for (int x = left; x <= right; x++) {
        double inside = 1 - ((x - spot.x) * (x - spot.x) + dy) / square;
        if (inside > 0) {
          Pixels.add(rgb, (y * width + x) * 3, colour, glow * inside * inside);
        }
      }
    }
  }
}
