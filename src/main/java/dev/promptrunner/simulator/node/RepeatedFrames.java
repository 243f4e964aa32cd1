package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.util.Optional;

/**
 * Every frame several times in a row, which is all that is left of an interpolation without a
 * model.
 *
 * @param times ≥ 1
 */
record RepeatedFrames(Frames source, int times) implements Frames {
  @Override
  public int count() {
    return Math.multiplyExact(source.count(), times);
  }

  @Override
  public FrameSize size() {
    return source.size();
  }

  @Override
  public FrameCursor open() throws MediaException, IOException {
    return new Cursor(source.open(), times);
  }

  private static final class Cursor implements FrameCursor {
    private final FrameCursor source;
    private final int times;
    private Optional<Picture> current = Optional.empty();
    private int left;

    Cursor(FrameCursor source, int times) {
      this.source = source;
      this.times = times;
    }

    @Override
    public Optional<Picture> next() throws MediaException, IOException {
      if (left == 0) {
        current = source.next();
        left = times;
      }
      left--;
      return current;
    }

    @Override
    public void close() throws MediaException, IOException {
      source.close();
    }
  }
}
