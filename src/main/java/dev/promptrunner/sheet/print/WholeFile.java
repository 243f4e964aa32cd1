package dev.promptrunner.sheet.print;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** A file that is whole or absent. */
final class WholeFile {
  private WholeFile() {}

  /** Writes a file under the name it is given. */
  @FunctionalInterface
  interface Content {
    void writeTo(Path part) throws IOException;
  }

  /** Creates the folder where it is missing; replaces what has the name. */
  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path part =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    Files.createDirectories(target.resolveSibling(""));
    try {
      content.writeTo(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
