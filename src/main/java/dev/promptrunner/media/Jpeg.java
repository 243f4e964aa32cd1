package dev.promptrunner.media;

import java.util.Map;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** Pictures as JPEG bytes, for previews. Safe for use by many threads. */
public final class Jpeg {
  private Jpeg() {}

  /**
   * Compresses well enough for a look.
   *
   * @param longestSide in pixels, ≥ 1; a larger picture is scaled down to it, a smaller one is kept
   */
  public static byte[] encode(Picture picture, int longestSide) throws MediaException {
    if (longestSide < 1) {
      throw new IllegalArgumentException("not a side in pixels: " + longestSide);
    }
    double factor =
        Math.min(1.0, (double) longestSide / Math.max(picture.width(), picture.height()));
    Shape shape =
        new Shape(
            Math.max(1, (int) Math.round(picture.width() * factor)),
            Math.max(1, (int) Math.round(picture.height() * factor)),
            avutil.AV_PIX_FMT_YUVJ420P,
            avutil.AVCOL_SPC_BT470BG, // JFIF: BT.601 over the full range
            true);
    return StillImages.encode(
        picture,
        shape,
        avcodec.AV_CODEC_ID_MJPEG,
        Map.of("flags", "+qscale", "global_quality", Integer.toString(3 * avutil.FF_QP2LAMBDA)),
        "compressing a preview of " + picture.size());
  }
}
