package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Converts frames of one shape to another, with the colour matrix of each side, exactly and the
 * same on every machine. Not for use by several threads.
 */
final class Scaler implements Resources.Closing {
  private static final int EXACT =
      swscale.SWS_ACCURATE_RND
          | swscale.SWS_BITEXACT
          | swscale.SWS_FULL_CHR_H_INT
          | swscale.SWS_FULL_CHR_H_INP;

  private static final int UNITY = 1 << 16;

  private final Shape from;
  private final Shape to;
  private final SwsContext context;

  Scaler(Shape from, Shape to) throws MediaException {
    this(from, to, swscale.SWS_BICUBIC);
  }

  Scaler(Shape from, Shape to, int filter) throws MediaException {
    this.from = from;
    this.to = to;
    this.context =
        sws_getContext(
            from.width(),
            from.height(),
            from.format(),
            to.width(),
            to.height(),
            to.format(),
            filter | EXACT,
            null,
            null,
            (DoublePointer) null);
    if (context == null || context.isNull()) {
      throw new MediaException(
          "converting " + from + " to " + to,
          "FFmpeg cannot" + NativeLog.suffix(),
          "convert the file to 8-bit yuv420p");
    }
    // a negative answer means that neither side has a matrix (grey, palette): nothing to set
    sws_setColorspaceDetails(
        context,
        sws_getCoefficients(from.space()),
        from.fullRange() ? 1 : 0,
        sws_getCoefficients(to.space()),
        to.fullRange() ? 1 : 0,
        0,
        UNITY,
        UNITY);
  }

  Shape from() {
    return from;
  }

  Shape to() {
    return to;
  }

  /** The target's buffers must be there and fit {@link #to()}. */
  void scale(AVFrame source, AVFrame target) throws MediaException {
    int rows =
        sws_scale(
            context,
            source.data(),
            source.linesize(),
            0,
            from.height(),
            target.data(),
            target.linesize());
    Ffmpeg.check(rows, "converting " + from + " to " + to, "convert the file to 8-bit yuv420p");
  }

  @Override
  public void close() {
    sws_freeContext(context);
  }
}
