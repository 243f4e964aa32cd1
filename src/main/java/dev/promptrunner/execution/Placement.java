package dev.promptrunner.execution;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Brings files to their names: a file is whole or absent (design rule 6). Safe for concurrent use.
 */
public final class Placement {
  private Placement() {}

  /** Renames a whole file to its place, after its bytes are on the disk; what was there goes. */
  static void move(Path whole, Path target) throws IOException {
    sync(whole);
    Files.createDirectories(target.getParent());
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a whole file a second name: a hard link, or a copy where the disk has none. */
  public static void link(Path whole, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
    Files.deleteIfExists(temporary);
    try {
      linkOrCopy(whole, temporary);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      // A copy that met the end of the disk; or two names of one file: the rename did nothing then.
      Files.deleteIfExists(temporary);
    }
  }

  private static void linkOrCopy(Path whole, Path temporary) throws IOException {
    // A hard link to a symbolic link is another symbolic link, which may lead nowhere from there.
    Path file = whole.toRealPath();
    try {
      Files.createLink(temporary, file);
    } catch (UnsupportedOperationException | FileSystemException _) {
      Files.copy(file, temporary);
      sync(temporary);
    }
  }

  /** Removes a folder with all that is in it; a missing one is fine. */
  public static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
