package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.util.OptionalDouble;

/** How far the mean colour goes from the first to the last second: colour drift of Measures. */
final class ColourDrift {
  private final int frames;
  private final int window;
  private Lab first = Lab.NONE;
  private Lab last = Lab.NONE;

  /**
   * Takes as much as a second at both ends, less when the video is shorter than two.
   *
   * @param frames of the whole video
   */
  ColourDrift(int frames, FrameRate rate) {
    this.frames = frames;
    int second = Math.max(1, (int) Math.round(rate.framesPerSecond()));
    this.window = Math.min(second, frames / 2);
  }

  void add(int number, Picture picture) {
    if (number < window) {
      first = first.plus(Lab.mean(picture));
    } else if (number >= frames - window && number < frames) {
      last = last.plus(Lab.mean(picture));
    }
  }

  /** ΔE*ab. */
  OptionalDouble distance() {
    return window == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(first.distanceTo(last) / window);
  }
}
