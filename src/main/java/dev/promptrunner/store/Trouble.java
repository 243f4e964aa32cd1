package dev.promptrunner.store;

import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite reports, in words with a remedy. */
final class Trouble {
  private Trouble() {}

  /**
   * @param attempted as a phrase that goes before the file
   */
  static StoreException with(String attempted, Path file, Throwable cause) {
    if (cause instanceof StoreException told) {
      return told;
    }
    Optional<SQLiteException> sqlite = sqlite(cause);
    String found = sqlite.map(Throwable::getMessage).orElse(String.valueOf(cause.getMessage()));
    String remedy = remedy(sqlite.map(Trouble::primary).orElse(SQLiteErrorCode.SQLITE_ERROR), file);
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
