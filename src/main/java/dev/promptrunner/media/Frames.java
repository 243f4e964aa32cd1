package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Frames with their own buffers, and the way of pixels between them and pictures. */
final class Frames {
  private Frames() {}

  /** A new frame of this shape; the caller frees it. */
  static AVFrame allocate(Shape shape) throws MediaException {
    AVFrame frame = av_frame_alloc();
    frame.width(shape.width()).height(shape.height()).format(shape.format());
    frame.colorspace(shape.space());
    frame.color_range(shape.fullRange() ? avutil.AVCOL_RANGE_JPEG : avutil.AVCOL_RANGE_MPEG);
    int code = av_frame_get_buffer(frame, 0);
    if (code < 0) {
      av_frame_free(frame);
      throw new MediaException(
          "taking memory for a frame of " + shape.width() + "x" + shape.height(),
          Ffmpeg.errorText(code),
          "free memory, or make the frames smaller");
    }
    return frame;
  }

  /** Writes the picture into an RGB24 frame that is at least as large, repeating its last edges. */
  static void fill(AVFrame frame, Picture picture) {
    int rowBytes = picture.width() * 3;
    byte[] rgb = picture.rgb();
    BytePointer data = frame.data(0);
    for (int y = 0; y < frame.height(); y++) {
      int from = Math.min(y, picture.height() - 1) * rowBytes;
      long to = (long) y * frame.linesize(0);
      data.position(to).put(rgb, from, rowBytes);
      for (int x = picture.width(); x < frame.width(); x++) {
        data.position(to + x * 3L).put(rgb, from + rowBytes - 3, 3);
      }
    }
  }

  /** Copies an RGB24 frame out. */
  static Picture picture(AVFrame frame) {
    int rowBytes = frame.width() * 3;
    byte[] rgb = new byte[rowBytes * frame.height()];
    BytePointer data = frame.data(0);
    for (int y = 0; y < frame.height(); y++) {
      data.position((long) y * frame.linesize(0)).get(rgb, y * rowBytes, rowBytes);
    }
    return new Picture(frame.width(), frame.height(), rgb);
  }
}
