package dev.promptrunner.app;

import dev.promptrunner.base.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much room is left on the disk of the output folder. Thread-safe. */
final class Room {
  private static final Logger log = LoggerFactory.getLogger(Room.class);

  private final Path root;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param root the output root
   */
  Room(Path root) {
    this.root = root;
  }

  /**
   * Bytes that this process may still write there; empty when the disk does not tell, as one of the
   * network may for a moment: who has to write finds out.
   */
  OptionalLong usable() {
    try {
      long bytes = Files.getFileStore(root).getUsableSpace();
      told.set(false);
      return OptionalLong.of(bytes);
    } catch (IOException e) {
      if (told.compareAndSet(false, true)) {
        log.warn(
            "the disk of {} does not tell its free space ({}): jobs begin without a look at it",
            root,
            IoReason.of(e));
      }
      return OptionalLong.empty();
    }
  }
}
