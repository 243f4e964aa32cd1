package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.FrameReader;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Frames of a video file, decoded when they are read.
 *
 * @param skip frames passed over at the start
 * @param nth of what follows, only every nth frame is taken
 * @param count ≥ 1; the file must have as many
 */
record VideoFrames(Path file, FrameSize size, int skip, int nth, int count) implements Frames {
  @Override
  public FrameCursor open() throws MediaException {
    FrameReader reader = FrameReader.open(file);
    return new Cursor(reader, skip, nth, count);
  }

  private static final class Cursor implements FrameCursor {
    private final FrameReader reader;
    private final int nth;
    private int due;
    private int left;

    Cursor(FrameReader reader, int skip, int nth, int left) {
      this.reader = reader;
      this.nth = nth;
      this.due = skip;
      this.left = left;
    }

    @Override
    public Optional<Picture> next() throws MediaException {
      if (left <= 0) {
        return Optional.empty();
      }
      left--;
      if (due > 0) {
        reader.skip(due);
      }
      due = nth - 1;
      return reader.next();
    }

    @Override
    public void skip(int frames) {
      int passed = Math.min(frames, left);
      due += passed * nth;
      left -= passed;
    }

    @Override
    public void close() throws MediaException {
      reader.close();
    }
  }
}
