package dev.promptrunner.media;

import dev.promptrunner.base.FrameSize;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a video shows nothing at all, by the measures and the usual thresholds of FFmpeg's
 * blackdetect and freezedetect; unlike those it asks for the whole video, not for a part of it.
 *
 * @param black whether every frame is black: 98 % of its pixels darker than a tenth of the range
 * @param frozen whether no frame differs from the first by more than −60 dB; false for a single
 *     frame
 */
public record Stillness(boolean black, boolean frozen) {
  private static final double BLACK_PIXELS = 0.98;
  private static final double DARK = 0.10 * 255;

  /** The most mean difference of two frames that counts as none; −60 dB. */
  static final double NOISE = 0.001 * 255;

  /** Enough to tell, and as quick for a large video as for a small one. */
  private static final int LONGEST_SIDE = 320;

  /**
   * Decodes as far as is needed to tell.
   *
   * @throws MediaException when the file does not decode up to there
   */
  public static Stillness of(Path video) throws MediaException {
    try (FrameReader frames = FrameReader.open(video)) {
      FrameSize size = small(frames.size());
      Optional<Picture> first = frames.next().map(picture -> picture.scaledTo(size));
      boolean black = first.filter(Stillness::isBlack).isPresent();
      boolean frozen = true;
      Optional<Picture> next = frames.next();
      boolean several = next.isPresent();
      while (next.isPresent() && (black || frozen)) {
        Picture picture = next.get().scaledTo(size);
        black = black && isBlack(picture);
        frozen = frozen && difference(first.orElseThrow(), picture) <= NOISE;
        next = frames.next();
      }
      return new Stillness(black, frozen && several);
    }
  }

  private static FrameSize small(FrameSize size) {
    int longest = Math.max(size.width(), size.height());
    return longest <= LONGEST_SIDE
        ? size
        : new FrameSize(
            Math.max(1, size.width() * LONGEST_SIDE / longest),
            Math.max(1, size.height() * LONGEST_SIDE / longest));
  }

  static boolean isBlack(Picture picture) {
    byte[] rgb = picture.rgb();
    int dark = 0;
    for (int at = 0; at < rgb.length; at += 3) {
      // BT.709's luma.
      double luma =
          0.2126 * (rgb[at] & 0xff) + 0.7152 * (rgb[at + 1] & 0xff) + 0.0722 * (rgb[at + 2] & 0xff);
      if (luma <= DARK) {
        dark++;
      }
    }
    return dark >= BLACK_PIXELS * (rgb.length / 3);
  }

  /** Mean absolute difference over pixels and colours, 0 to 255. */
  static double difference(Picture first, Picture other) {
    byte[] a = first.rgb();
    byte[] b = other.rgb();
    long sum = 0;
    for (int at = 0; at < a.length; at++) {
      sum += Math.abs((a[at] & 0xff) - (b[at] & 0xff));
    }
    return (double) sum / a.length;
  }
}
