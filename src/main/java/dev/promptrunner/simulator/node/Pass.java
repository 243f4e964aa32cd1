package dev.promptrunner.simulator.node;

/**
 * One sampler's work, in full.
 *
 * @param seed 64 bits, of which the sign is one
 * @param span which steps it does
 * @param strength how much of what was there before it replaces, 0 … 1
 * @param addsNoise whether it begins anew rather than goes on with another's work
 */
record Pass(
    DiffusionModel model,
    Conditioning positive,
    Conditioning negative,
    long seed,
    double cfg,
    String sampler,
    String scheduler,
    Span span,
    double strength,
    boolean addsNoise) {

  /**
   * Some of the steps from noise to picture.
   *
   * @param steps of the whole way, ≥ 1
   * @param start the first one done, counted from 0
   * @param end the first one no longer done, ≤ steps
   * @param leavesNoise whether what is undone stays in the picture as noise
   */
  record Span(int steps, int start, int end, boolean leavesNoise) {
    int count() {
      return Math.max(0, end - start);
    }

    /** The share of noise that it expects. */
    double noiseBefore() {
      return 1 - (double) start / steps;
    }

    double noiseAfter() {
      return leavesNoise ? 1 - (double) end / steps : 0;
    }
  }

  /** All that makes the picture, but for pictures given, as a text. */
  String signature() {
    return String.join(
        "\n",
        model.toString(),
        positive.text(),
        positive.clip().toString(),
        negative.text(),
        negative.clip().toString(),
        Long.toUnsignedString(seed),
        Double.toString(cfg),
        sampler,
        scheduler,
        span.toString(),
        Double.toString(strength),
        Boolean.toString(addsNoise));
  }
}
