package dev.promptrunner.base;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a file could not be used, in words without the names of Java's classes. */
public final class IoReason {
  /**
   * What the system says when the disk itself is the reason, as C, FFmpeg and SQLite word it: Java
   * gives no number.
   */
  private static final List<String> OF_THE_DISK =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "read-only file system",
          "input/output error",
          "file too large",
          "database or disk is full");

  private IoReason() {}

  /**
   * Such as {@code permission denied}, {@code not a directory}, {@code no space left on device}.
   */
  public static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "there is no such file or folder";
      case FileAlreadyExistsException _ -> "a file has that name";
      case FileSystemException failed when failed.getReason() != null ->
          failed.getReason().toLowerCase(Locale.ROOT);
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /**
   * The failure when the disk is full, over its quota, read-only or broken; empty when this is
   * about something else.
   *
   * @param attempted as in {@link Failure#attempted}
   * @param where a file or folder on that disk; need not exist
   * @param needed bytes that had to be written; 0 when unknown
   */
  public static Optional<Failure> disk(String attempted, Path where, long needed, Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      Optional<String> reason = ofTheDisk(String.valueOf(at.getMessage()));
      if (reason.isPresent()) {
        return Optional.of(full(attempted, where, needed, reason.get()));
      }
    }
    return Optional.empty();
  }

  /** The words that say so in a text of the system, a library or a database. */
  private static Optional<String> ofTheDisk(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return OF_THE_DISK.stream().filter(lower::contains).findFirst();
  }

  /**
   * The failure of a disk.
   *
   * @param reason such as {@code no space left on device}
   */
  public static Failure full(String attempted, Path where, long needed, String reason) {
    Path folder = existing(where);
    String wanted = needed > 0 ? ", " + new ByteSize(needed) + " are needed" : "";
    return new Failure.Disk(
        attempted,
        "%s: %s has %s free%s".formatted(reason, folder, free(folder), wanted),
        "free some space there, raise the quota, or give an --output on another disk; it is tried"
            + " again when there is room");
  }

  private static Path existing(Path where) {
    Path at = where.toAbsolutePath();
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return Files.isDirectory(at) || at.getParent() == null ? at : at.getParent();
  }

  private static String free(Path folder) {
    try {
      return new ByteSize(Files.getFileStore(folder).getUsableSpace()).toString();
    } catch (IOException e) {
      return "an unknown space (" + of(e) + ")";
    }
  }
}
