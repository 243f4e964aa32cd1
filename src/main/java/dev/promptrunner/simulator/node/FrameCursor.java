package dev.promptrunner.simulator.node;

import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.util.Optional;

/** One pass over frames, in order. Closed by whoever opened it. */
interface FrameCursor extends AutoCloseable {
  Optional<Picture> next() throws MediaException, IOException;

  /** Passes over frames, more cheaply than reading them where that is possible. */
  default void skip(int frames) throws MediaException, IOException {
    for (int i = 0; i < frames; i++) {
      if (next().isEmpty()) {
        return;
      }
    }
  }

  @Override
  void close() throws MediaException, IOException;
}
