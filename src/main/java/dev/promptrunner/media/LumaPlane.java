package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import java.util.Set;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * A frame's luma as bytes of Java, in its full size. The usual formats hold it as their first
 * plane, which is copied as it stands; others are converted to grey. Not for use by several
 * threads.
 */
final class LumaPlane implements AutoCloseable {
  private static final double TV_RANGE = 235 - 16;

  /** Formats whose first plane is 8 bits of luma a pixel. */
  private static final Set<Integer> DIRECT =
      Set.of(
          avutil.AV_PIX_FMT_YUV420P,
          avutil.AV_PIX_FMT_YUVJ420P,
          avutil.AV_PIX_FMT_YUV422P,
          avutil.AV_PIX_FMT_YUVJ422P,
          avutil.AV_PIX_FMT_YUV444P,
          avutil.AV_PIX_FMT_YUVJ444P,
          avutil.AV_PIX_FMT_YUVA420P,
          avutil.AV_PIX_FMT_NV12,
          avutil.AV_PIX_FMT_GRAY8);

  private int width;
  private int height;
  private int stride;
  private boolean fullRange;
  private byte[] bytes = new byte[0];
  private @Nullable Scaler scaler;
  private @Nullable AVFrame grey;

  /** Takes the frame's luma, over that of the frame before. */
  void read(AVFrame frame) throws MediaException {
    boolean direct = DIRECT.contains(frame.format()) && frame.linesize(0) >= frame.width();
    copy(direct ? frame : toGrey(frame));
  }

  private void copy(AVFrame plane) {
    width = plane.width();
    height = plane.height();
    stride = plane.linesize(0);
    fullRange = plane.color_range() == avutil.AVCOL_RANGE_JPEG || isFullRangeByName(plane.format());
    int length = stride * (height - 1) + width;
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    BytePointer data = plane.data(0);
    data.get(bytes, 0, length);
  }

  private static boolean isFullRangeByName(int format) {
    return format == avutil.AV_PIX_FMT_YUVJ420P
        || format == avutil.AV_PIX_FMT_YUVJ422P
        || format == avutil.AV_PIX_FMT_YUVJ444P;
  }

  private AVFrame toGrey(AVFrame frame) throws MediaException {
    Shape source = Shape.of(frame);
    Scaler fitting = scaler;
    AVFrame target = grey;
    if (fitting == null || target == null || !fitting.from().equals(source)) {
      close();
      Shape shape =
          new Shape(source.width(), source.height(), avutil.AV_PIX_FMT_GRAY8, source.space(), true);
      fitting = new Scaler(source, shape, swscale.SWS_BICUBIC);
      scaler = fitting;
      target = Frames.allocate(shape);
      grey = target;
    }
    fitting.scale(frame, target);
    return target;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Bytes from one row to the next, ≥ width. */
  int stride() {
    return stride;
  }

  /** Row after row; overwritten by the next {@link #read}, and longer than the plane at times. */
  byte[] bytes() {
    return bytes;
  }

  /** What a difference of these bytes has to be multiplied by to be one of the full range. */
  double gain() {
    return fullRange ? 1 : 255 / TV_RANGE;
  }

  @Override
  public void close() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
    if (grey != null) {
      av_frame_free(grey);
      grey = null;
    }
  }
}
