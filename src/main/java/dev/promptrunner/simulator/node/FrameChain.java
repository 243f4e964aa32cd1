package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Batches one after another.
 *
 * @param parts ≥ 1, all of one size; each is opened when the one before it has ended
 */
record FrameChain(List<Frames> parts) implements Frames {
  FrameChain {
    parts = List.copyOf(parts);
  }

  @Override
  public int count() {
    return parts.stream().mapToInt(Frames::count).sum();
  }

  @Override
  public FrameSize size() {
    return parts.getFirst().size();
  }

  @Override
  public FrameCursor open() {
    return new Cursor(new ArrayDeque<>(parts));
  }

  private static final class Cursor implements FrameCursor {
    private final Deque<Frames> waiting;
    private Optional<FrameCursor> current = Optional.empty();

    Cursor(Deque<Frames> waiting) {
      this.waiting = waiting;
    }

    @Override
    public Optional<Picture> next() throws MediaException, IOException {
      while (true) {
        if (current.isPresent()) {
          Optional<Picture> picture = current.get().next();
          if (picture.isPresent()) {
            return picture;
          }
          close();
        }
        Frames following = waiting.poll();
        if (following == null) {
          return Optional.empty();
        }
        current = Optional.of(following.open());
      }
    }

    @Override
    public void close() throws MediaException, IOException {
      if (current.isPresent()) {
        FrameCursor open = current.get();
        current = Optional.empty();
        open.close();
      }
    }
  }
}
