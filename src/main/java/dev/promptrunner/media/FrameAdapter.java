package dev.promptrunner.media;

import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded frames into the shape that an encoder or a filter takes. Frames that have it
 * already pass untouched; others go by way of RGB, because only that conversion honours the colour
 * matrix of both sides. Not for use by several threads.
 */
final class FrameAdapter implements Resources.Closing {
  private final Shape shape;
  private final ColourCodes colour;
  private @Nullable Conversion conversion;

  FrameAdapter(EncoderSettings settings) {
    this(settings.shape(), settings.colour());
  }

  FrameAdapter(Shape shape, ColourCodes colour) {
    this.shape = shape;
    this.colour = colour;
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
    if (current == null || !current.from().equals(source)) {
      close();
      current = Conversion.of(source, shape);
      conversion = current;
    }
    return current;
  }

  @Override
  public void close() throws MediaException {
    if (conversion != null) {
      conversion.close();
      conversion = null;
    }
  }

  /** By way of RGB in the target's size. */
  private static final class Conversion implements Resources.Closing {
    private final Resources resources;
    private final Scaler toRgb;
    private final Scaler fromRgb;
    private final AVFrame rgb;
    private final AVFrame target;

    private Conversion(Resources resources, Shape from, Shape to) throws MediaException {
      Shape middle = Shape.rgb24(to.width(), to.height());
      this.resources = resources;
      this.toRgb = resources.add(new Scaler(from, middle));
      this.fromRgb = resources.add(new Scaler(middle, to));
      this.rgb = resources.frame(Frames.allocate(middle));
      this.target = resources.frame(Frames.allocate(to));
    }

    static Conversion of(Shape from, Shape to) throws MediaException {
      return Resources.opening(resources -> new Conversion(resources, from, to));
    }

    Shape from() {
      return toRgb.from();
    }

    AVFrame convert(AVFrame frame) throws MediaException {
      toRgb.scale(frame, rgb);
      Ffmpeg.check(av_frame_make_writable(target), "converting a frame", "free memory");
      fromRgb.scale(rgb, target);
      return target;
    }

    @Override
    public void close() throws MediaException {
      resources.close();
    }
  }
}
