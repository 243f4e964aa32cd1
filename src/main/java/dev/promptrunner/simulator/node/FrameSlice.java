package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.util.Optional;

/**
 * Some frames in a row of others.
 *
 * @param start the first one, counted from 0
 * @param count how many, ≥ 1
 */
record FrameSlice(Frames source, int start, int count) implements Frames {
  FrameSlice {
    if (start < 0 || count < 1 || start + count > source.count()) {
      throw new IllegalArgumentException(
          "frames " + start + " to " + (start + count - 1) + " of " + source.count());
    }
  }

  @Override
  public FrameSize size() {
    return source.size();
  }

  @Override
  public FrameCursor open() throws MediaException, IOException {
    FrameCursor cursor = source.open();
    cursor.skip(start);
    return new Cursor(cursor, count);
  }

  private static final class Cursor implements FrameCursor {
    private final FrameCursor source;
    private int left;

    Cursor(FrameCursor source, int left) {
      this.source = source;
      this.left = left;
    }

    @Override
    public Optional<Picture> next() throws MediaException, IOException {
      return left-- > 0 ? source.next() : Optional.empty();
    }

    @Override
    public void skip(int frames) throws MediaException, IOException {
      source.skip(Math.min(frames, Math.max(0, left)));
      left -= frames;
    }

    @Override
    public void close() throws MediaException, IOException {
      source.close();
    }
  }
}
