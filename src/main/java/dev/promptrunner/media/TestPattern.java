package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Control videos made by program: a figure walks over hills, and a strip of blocks at the bottom
 * holds each frame's number. The number can be read back after compression at crf 23, scaling and
 * repetition, from 64x64 pixels on: it proves which source frame a rendered frame came from. Safe
 * for use by many threads.
 */
public final class TestPattern {
  /** One more than the highest number that the strip can hold. */
  public static final int MAX_FRAMES = 1 << NumberStrip.BITS;

  private TestPattern() {}

  /**
   * Writes a video of the frames 0 … frames − 1.
   *
   * @param frames 1 … {@link #MAX_FRAMES}
   */
  public static void write(Path video, FrameSize size, FrameRate rate, int frames)
      throws MediaException {
    write(video, size, rate, 0, frames, Encoding.standard());
  }

  /** The same for the frames {@code first … first + frames − 1}, with a choice of encoding. */
  public static void write(
      Path video, FrameSize size, FrameRate rate, int first, int frames, Encoding encoding)
      throws MediaException {
    try (FrameWriter writer = FrameWriter.create(video, size, rate, encoding)) {
      for (int number = first; number < first + frames; number++) {
        writer.write(picture(size, number));
      }
      writer.finish();
    }
  }

  /** One frame of it. */
  public static Picture picture(FrameSize size, int number) {
    if (number < 0 || number >= MAX_FRAMES) {
      throw new IllegalArgumentException(
          "frame number " + number + " is not between 0 and " + (MAX_FRAMES - 1));
    }
    Canvas canvas = new Canvas(size);
    new Scene(canvas, size.width(), size.height()).paint(number);
    NumberStrip.paint(canvas, size.width(), size.height(), number);
    return canvas.picture();
  }

  /** The number painted into the picture; empty when it has no readable strip. */
  public static OptionalInt readNumber(Picture picture) {
    return NumberStrip.read(picture);
  }
}
