package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/** Decoded frames to pictures; keeps its conversion while the frames stay of one shape. */
final class RgbConverter implements AutoCloseable {
  private @Nullable Scaler scaler;
  private @Nullable AVFrame rgb;

  Picture picture(AVFrame frame) throws MediaException {
    Shape shape = Shape.of(frame);
    Scaler fitting = scaler;
    AVFrame target = rgb;
    if (fitting == null || target == null || !fitting.from().equals(shape)) {
      close();
      fitting = new Scaler(shape, Shape.rgb24(shape.width(), shape.height()));
      scaler = fitting;
      target = Frames.allocate(fitting.to());
      rgb = target;
    }
    fitting.scale(frame, target);
    return Frames.picture(target);
  }

  @Override
  public void close() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
    if (rgb != null) {
      av_frame_free(rgb);
      rgb = null;
    }
  }
}
