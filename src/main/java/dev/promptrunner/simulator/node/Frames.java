package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A batch of images that is read anew by each who needs it, so that a long video is never in memory
 * as a whole. Immutable; the files behind it must stay as they are.
 */
interface Frames {
  int count();

  FrameSize size();

  FrameCursor open() throws MediaException, IOException;

  /** The first frame; there is always one. */
  default Picture first() throws MediaException, IOException {
    try (FrameCursor cursor = open()) {
      return cursor
          .next()
          .orElseThrow(() -> new IOException("a batch of " + count() + " images has no first one"));
    }
  }

  default Frames scaledTo(FrameSize target) {
    return target.equals(size())
        ? this
        : new MappedFrames(this, target, picture -> picture.scaledTo(target));
  }

  /** The same frames, each changed alone. */
  record MappedFrames(Frames source, FrameSize size, UnaryOperator<Picture> change)
      implements Frames {
    @Override
    public int count() {
      return source.count();
    }

    @Override
    public FrameCursor open() throws MediaException, IOException {
      FrameCursor cursor = source.open();
      return new FrameCursor() {
        @Override
        public Optional<Picture> next() throws MediaException, IOException {
          return cursor.next().map(change);
        }

        @Override
        public void skip(int frames) throws MediaException, IOException {
          cursor.skip(frames);
        }

        @Override
        public void close() throws MediaException, IOException {
          cursor.close();
        }
      };
    }
  }
}
