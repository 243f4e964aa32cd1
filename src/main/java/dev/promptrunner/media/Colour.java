package dev.promptrunner.media;

import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/**
 * How a video says that its numbers become colours, in FFmpeg's names; {@code unknown} where the
 * file says nothing.
 *
 * @param range {@code tv} (16–235) or {@code pc} (0–255)
 * @param space the matrix between RGB and YUV, such as {@code bt709}
 * @param primaries such as {@code bt709}
 * @param transfer such as {@code bt709}
 */
public record Colour(String range, String space, String primaries, String transfer) {
  /** What this project writes. */
  public static final Colour BT709 = new Colour("tv", "bt709", "bt709", "bt709");

  static Colour of(ColourCodes codes) {
    return new Colour(
        name(avutil.av_color_range_name(codes.range())),
        name(avutil.av_color_space_name(codes.space())),
        name(avutil.av_color_primaries_name(codes.primaries())),
        name(avutil.av_color_transfer_name(codes.transfer())));
  }

  private static String name(BytePointer text) {
    return text.isNull() ? "unknown" : text.getString();
  }
}
