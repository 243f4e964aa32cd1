package dev.promptrunner.media;

import dev.promptrunner.base.FrameRate;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** The frames of a video, or the one of a still picture, one after the other. */
sealed interface FrameSource extends Resources.Closing {
  /** Tells pictures from videos by their first bytes, whatever the name says. */
  static FrameSource open(Path file) throws MediaException {
    return Png.isPicture(file) ? Still.read(file) : Video.open(file);
  }

  /** As the container tells; ≥ 1. */
  int expected();

  /** Empty for a still picture. */
  Optional<FrameRate> rate();

  /** Steps to the next frame; false when there is none. */
  boolean next() throws MediaException;

  /** The current frame; overwritten by the next step. */
  AVFrame frame();

  /** A video, decoded as it goes. */
  record Video(FrameCursor cursor, int expected, Optional<FrameRate> rate) implements FrameSource {
    /**
     * Whoever looks at many videos does so on many threads: decoding one on several would only
     * cost.
     */
    private static final int ALONE = 1;

    static Video open(Path file) throws MediaException {
      VideoInfo info = VideoProbe.probe(file);
      return new Video(FrameCursor.open(file, ALONE), info.frames(), Optional.of(info.rate()));
    }

    @Override
    public boolean next() throws MediaException {
      return cursor.next();
    }

    @Override
    public AVFrame frame() {
      return cursor.frame();
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  /** A still picture. */
  final class Still implements FrameSource {
    private final Resources resources;
    private final AVFrame frame;
    private boolean shown;

    private Still(Resources resources, Picture picture) throws MediaException {
      this.resources = resources;
      this.frame = resources.frame(Frames.allocate(Shape.rgb24(picture.width(), picture.height())));
      Frames.fill(frame, picture);
    }

    static Still read(Path file) throws MediaException {
      Picture picture = Png.read(file);
      return Resources.opening(resources -> new Still(resources, picture));
    }

    @Override
    public int expected() {
      return 1;
    }

    @Override
    public Optional<FrameRate> rate() {
      return Optional.empty();
    }

    @Override
    public boolean next() {
      boolean first = !shown;
      shown = true;
      return first;
    }

    @Override
    public AVFrame frame() {
      return frame;
    }

    @Override
    public void close() throws MediaException {
      resources.close();
    }
  }
}
