package dev.promptrunner.media;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * What the conversion between pixel layouts depends on.
 *
 * @param format an AVPixelFormat
 * @param space an AVColorSpace; unknown counts as BT.601, as in FFmpeg itself
 * @param fullRange 0–255 instead of 16–235
 */
record Shape(int width, int height, int format, int space, boolean fullRange) {
  static Shape of(AVFrame frame) {
    return new Shape(
        frame.width(),
        frame.height(),
        frame.format(),
        frame.colorspace(),
        frame.color_range() == avutil.AVCOL_RANGE_JPEG || isRgb(frame.format()));
  }

  static Shape rgb24(int width, int height) {
    return new Shape(width, height, avutil.AV_PIX_FMT_RGB24, avutil.AVCOL_SPC_RGB, true);
  }

  private static boolean isRgb(int format) {
    return (avutil.av_pix_fmt_desc_get(format).flags() & avutil.AV_PIX_FMT_FLAG_RGB) != 0;
  }
}
