package dev.promptrunner.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite reports, in words with a remedy. */
final class Trouble {
  private static final Logger log = LoggerFactory.getLogger(Trouble.class);

  /** SQLite writes its files in pieces of at most this size. */
  private static final long ROOM = 1_000_000;

  private Trouble() {}

  /**
   * @param attempted as a phrase that goes before the file
   */
  static StoreException with(String attempted, Path file, Throwable cause) {
    return with(attempted, file, cause, Trouble::free);
  }

  /**
   * @param free the bytes that are left on the file's disk
   */
  static StoreException with(
      String attempted, Path file, Throwable cause, ToLongFunction<Path> free) {
    if (cause instanceof StoreException told) {
      return told;
    }
    Optional<SQLiteException> sqlite = sqlite(cause);
    String found = sqlite.map(Throwable::getMessage).orElse(String.valueOf(cause.getMessage()));
    boolean full =
        sqlite.filter(e -> isFull(e.getResultCode(), () -> free.applyAsLong(file))).isPresent();
    SQLiteErrorCode code =
        full
            ? SQLiteErrorCode.SQLITE_FULL
            : sqlite.map(Trouble::primary).orElse(SQLiteErrorCode.SQLITE_ERROR);
    String remedy = remedy(code, file);
    return new StoreException(
        "%s %s: %s — %s".formatted(attempted, file, found, remedy),
        cause,
        sqlite.map(Trouble::primary).filter(Trouble::isOfTheDisk).isPresent());
  }

  /** Whether the rows themselves were wrong: they refer to what is not there, or come twice. */
  static boolean isMisuse(Throwable cause) {
    return sqlite(cause).map(Trouble::primary).stream()
        .anyMatch(SQLiteErrorCode.SQLITE_CONSTRAINT::equals);
  }

  private static Optional<SQLiteException> sqlite(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfTheDisk(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY -> true;
      default -> false;
    };
  }

  /** SQLite calls a write that found no room, as it maps its files, an I/O error. */
  private static boolean isFull(SQLiteErrorCode code, LongSupplier free) {
    return switch (code) {
      case SQLITE_IOERR_SHMSIZE -> true;
      case SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC, SQLITE_IOERR_SHMMAP -> free.getAsLong() < ROOM;
      default -> false;
    };
  }

  private static long free(Path file) {
    try {
      return Files.getFileStore(Objects.requireNonNull(file.toAbsolutePath().getParent()))
          .getUsableSpace();
    } catch (IOException e) {
      log.debug("asking how much is free beside {}: {}", file, e.toString());
      return Long.MAX_VALUE;
    }
  }

  /** Extended codes carry the primary one in their low byte. */
  private static SQLiteErrorCode primary(SQLiteException e) {
    return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
  }

  private static String remedy(SQLiteErrorCode code, Path file) {
    return switch (code) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> damaged(file);
      case SQLITE_FULL -> "the disk is full: free some space and run again";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
          "make the folder and the files state.db* in it writable for this user, or give another"
              + " --output";
      case SQLITE_IOERR ->
          "the disk or network volume failed: check it (df, dmesg), or give an --output on a local"
              + " disk";
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program keeps the file locked: close it (sqlite3, a backup) and run again";
      default -> "run again; if it stays so, report it with this text";
    };
  }

  private static String damaged(Path file) {
    return ("the file is damaged and was left as it is: move %s, and %1$s-wal and %1$s-shm beside"
            + " it, to another folder and run again. Videos that are there stay, but only the"
            + " damaged file could prove them, so their jobs are rendered again; 'sqlite3"
            + " MOVED_FILE .recover' may save what it held")
        .formatted(file.getFileName());
  }
}
