package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.promptrunner.base.FrameSize;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.swscale;
import org.jspecify.annotations.Nullable;

/**
 * Decoded frames reduced to a size that is enough to compare or to show, each pixel the mean of the
 * area it stands for. All are of the first frame's size, also when the video's size changes on the
 * way. Not for use by several threads.
 */
final class SmallFrames implements Resources.Closing {
  private final AVFrame target;
  private final Shape shape;
  private @Nullable Scaler scaler;

  /**
   * For one video.
   *
   * @param size of its first frame
   * @param longestSide in pixels, ≥ 1; a smaller frame keeps its size
   */
  SmallFrames(FrameSize size, int longestSide) throws MediaException {
    int longest = Math.max(size.width(), size.height());
    double factor = Math.min(1.0, (double) longestSide / longest);
    this.shape =
        Shape.rgb24(
            Math.max(1, (int) Math.round(size.width() * factor)),
            Math.max(1, (int) Math.round(size.height() * factor)));
    this.target = Frames.allocate(shape);
  }

  Picture reduce(AVFrame frame) throws MediaException {
    fitting(Shape.of(frame)).scale(frame, target);
    return Frames.picture(target);
  }

  private Scaler fitting(Shape source) throws MediaException {
    Scaler current = scaler;
    if (current == null || !current.from().equals(source)) {
      closeScaler();
      current = new Scaler(source, shape, swscale.SWS_AREA);
      scaler = current;
    }
    return current;
  }

  private void closeScaler() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
  }

  @Override
  public void close() {
    closeScaler();
    av_frame_free(target);
  }
}
