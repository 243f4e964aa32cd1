package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.util.OptionalDouble;

/** How far the mean colour goes in the course of a video: {@link Measures#colourDrift()}. */
final class ColourDrift {
  private final int frames;
  private final int window;
  private final Sum first = new Sum();
  private final Sum last = new Sum();

  /**
   * Takes a second at both ends, less when the video is shorter than two.
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
      first.add(picture.rgb());
    } else if (number >= frames - window) {
      last.add(picture.rgb());
    }
  }

  /** ΔE*ab; empty for a single frame. */
  OptionalDouble distance() {
    return window == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(first.mean().distanceTo(last.mean()));
  }

  /** All pixels of one end. */
  private static final class Sum {
    private long red;
    private long green;
    private long blue;
    private long pixels;

    void add(byte[] rgb) {
      for (int at = 0; at < rgb.length; at += 3) {
        red += rgb[at] & 0xff;
        green += rgb[at + 1] & 0xff;
        blue += rgb[at + 2] & 0xff;
      }
      pixels += rgb.length / 3;
    }

    Lab mean() {
      return Lab.of((double) red / pixels, (double) green / pixels, (double) blue / pixels);
    }
  }
}
