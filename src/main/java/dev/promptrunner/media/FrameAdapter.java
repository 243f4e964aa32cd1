package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded frames into the shape that an encoder takes. Frames that have it already pass
 * untouched; others go by way of RGB, because only that conversion honours the colour matrix of
 * both sides. Not for use by several threads.
 */
final class FrameAdapter implements AutoCloseable {
  private final Shape shape;
  private final ColourCodes colour;
  private @Nullable Conversion conversion;

  FrameAdapter(EncoderSettings settings) {
    this.shape = settings.shape();
    this.colour = settings.colour();
  }

  /** The frame to encode; it stays this class's or the decoder's. */
  AVFrame adapt(AVFrame frame) throws MediaException {
    Shape source = Shape.of(frame);
    AVFrame adapted = source.equals(shape) ? frame : conversion(source).convert(frame);
    colour.applyTo(adapted);
    adapted.pict_type(avutil.AV_PICTURE_TYPE_NONE); // the encoder decides anew
    return adapted;
  }

  private Conversion conversion(Shape source) throws MediaException {
    Conversion current = conversion;
    if (current == null || !current.toRgb().from().equals(source)) {
      close();
      current = Conversion.of(source, shape);
      conversion = current;
    }
    return current;
  }

  @Override
  public void close() {
    if (conversion != null) {
      conversion.close();
      conversion = null;
    }
  }

  private record Conversion(Scaler toRgb, Scaler fromRgb, AVFrame rgb, AVFrame target)
      implements AutoCloseable {
    static Conversion of(Shape from, Shape to) throws MediaException {
      Shape middle = Shape.rgb24(to.width(), to.height());
      Scaler toRgb = new Scaler(from, middle);
      Scaler fromRgb = new Scaler(middle, to);
      return new Conversion(toRgb, fromRgb, Frames.allocate(middle), Frames.allocate(to));
    }

    AVFrame convert(AVFrame frame) throws MediaException {
      toRgb.scale(frame, rgb);
      Ffmpeg.check(av_frame_make_writable(target), "converting a frame", "free memory");
      fromRgb.scale(rgb, target);
      return target;
    }

    @Override
    public void close() {
      av_frame_free(target);
      av_frame_free(rgb);
      fromRgb.close();
      toRgb.close();
    }
  }
}
