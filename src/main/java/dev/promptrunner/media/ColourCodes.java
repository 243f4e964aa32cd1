package dev.promptrunner.media;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** {@link Colour} in the numbers of AVColorRange, AVColorSpace, AVColorPrimaries and AVColorTrc. */
record ColourCodes(int range, int space, int primaries, int transfer) {
  static final ColourCodes BT709 =
      new ColourCodes(
          avutil.AVCOL_RANGE_MPEG,
          avutil.AVCOL_SPC_BT709,
          avutil.AVCOL_PRI_BT709,
          avutil.AVCOL_TRC_BT709);

  static ColourCodes of(AVCodecParameters p) {
    return new ColourCodes(p.color_range(), p.color_space(), p.color_primaries(), p.color_trc());
  }

  static ColourCodes of(AVFrame f) {
    return new ColourCodes(f.color_range(), f.colorspace(), f.color_primaries(), f.color_trc());
  }

  void applyTo(AVCodecContext context) {
    context.color_range(range).colorspace(space).color_primaries(primaries).color_trc(transfer);
  }

  void applyTo(AVFrame frame) {
    frame.color_range(range).colorspace(space).color_primaries(primaries).color_trc(transfer);
  }
}
