package dev.promptrunner.simulator.picture;

/**
 * The outline of a chain of hills that goes on without an end.
 *
 * @param seed which chain
 * @param peaks 0 (dunes) … 1 (sharp summits)
 * @param detail 0 (one smooth wave) … 1 (rough)
 */
record Ridge(long seed, double peaks, double detail) {
  private static final int OCTAVES = 6;

  /** The height at a place, 0 … 1; a place is one hill further than its whole neighbour. */
  double height(double place) {
    double sum = 0;
    double total = 0;
    double weight = 1;
    for (int octave = 0; octave < OCTAVES; octave++) {
      double share = octave == 0 ? 1 : Math.clamp(detail * OCTAVES - octave, 0.0, 1.0);
      if (share == 0) {
        break;
      }
      sum += weight * share * wave(place * (1 << octave), octave);
      total += weight;
      weight *= 0.5;
    }
    return sum / total;
  }

  private double wave(double place, int octave) {
    long knot = (long) Math.floor(place);
    double across = place - knot;
    double from = Chance.share(seed + octave, knot);
    double to = Chance.share(seed + octave, knot + 1);
    double round = from + (to - from) * across * across * (3 - 2 * across);
    double sharp = from + (to - from) * across;
    return round + (sharp - round) * peaks;
  }
}
