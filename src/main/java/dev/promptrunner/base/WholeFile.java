package dev.promptrunner.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes files so that they are whole or absent (design rule 6): under a hidden name first, then
 * renamed over what has the name. For files that can be made again: the disk is not waited for, so
 * that a power loss may take them. Two writers of one file at a time are one too many.
 */
public final class WholeFile {
  /** What the hidden name ends with; a crash may leave one. */
  public static final String PART = ".part";

  private WholeFile() {}

  /** Writes a file under the name it is given. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path part) throws IOException;
  }

  /** As UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, part -> Files.write(part, bytes));
  }

  /** Makes the folder where it is missing. */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling("." + target.getFileName() + PART);
    Files.createDirectories(target.resolveSibling(""));
    try {
      content.writeTo(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
