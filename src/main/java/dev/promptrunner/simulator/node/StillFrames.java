package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Picture;
import java.util.Arrays;
import java.util.Optional;

/**
 * One picture, shown several times: a loaded image, or the grey that pads a short video.
 *
 * @param count ≥ 1
 */
record StillFrames(Picture picture, int count) implements Frames {
  static StillFrames of(FrameSize size, int red, int green, int blue, int count) {
    byte[] rgb = new byte[Math.multiplyExact(size.width() * size.height(), 3)];
    if (red == green && green == blue) {
      Arrays.fill(rgb, (byte) red);
    } else {
      for (int i = 0; i < rgb.length; i += 3) {
        rgb[i] = (byte) red;
        rgb[i + 1] = (byte) green;
        rgb[i + 2] = (byte) blue;
      }
    }
    return new StillFrames(new Picture(size.width(), size.height(), rgb), count);
  }

  /** The grey of a half in every channel. */
  static StillFrames grey(FrameSize size, int count) {
    return of(size, 128, 128, 128, count);
  }

  @Override
  public FrameSize size() {
    return picture.size();
  }

  @Override
  public FrameCursor open() {
    return new FrameCursor() {
      private int left = count;

      @Override
      public Optional<Picture> next() {
        return left-- > 0 ? Optional.of(picture) : Optional.empty();
      }

      @Override
      public void close() {
        // nothing is open
      }
    };
  }
}
