package dev.promptrunner.media;

import java.util.OptionalDouble;

/** Brightness that goes up and down: {@link Measures#flicker()}. */
final class Flicker {
  private double beforeLast;
  private double last;
  private double sum;
  private int frames;

  void add(double brightness) {
    if (frames >= 2) {
      sum += Math.abs(beforeLast - 2 * last + brightness);
    }
    beforeLast = last;
    last = brightness;
    frames++;
  }

  OptionalDouble mean() {
    return frames < 3 ? OptionalDouble.empty() : OptionalDouble.of(sum / (frames - 2));
  }
}
