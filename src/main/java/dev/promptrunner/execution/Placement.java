package dev.promptrunner.execution;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Brings files to their names: a file is whole or absent (design rule 6). */
final class Placement {
  private Placement() {}

  /** Renames a whole file to its place, after its bytes are on the disk; what was there goes. */
  static void move(Path whole, Path target) throws IOException {
    sync(whole);
    Files.createDirectories(target.getParent());
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a whole file a second name: a hard link, or a copy where the disk has none. */
  static void link(Path whole, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
    Files.deleteIfExists(temporary);
    try {
      Files.createLink(temporary, whole);
    } catch (UnsupportedOperationException | FileSystemException _) {
      Files.copy(whole, temporary);
      sync(temporary);
    }
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // Two names of one file: the rename did nothing and left the temporary one.
    Files.deleteIfExists(temporary);
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
