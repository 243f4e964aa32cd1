package dev.promptrunner.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * An output root's state for reading.
 *
 * @param root without symbolic links
 */
record StateFile(Path root) {
  static final String NAME = "state.db";
  private static final int BUSY_MILLISECONDS = 5_000;

  static Optional<StateFile> of(Path outputRoot) {
    try {
      return Optional.of(new StateFile(outputRoot.toRealPath()))
          .filter(state -> Files.isRegularFile(state.database()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it holds this program's tables; not when its first run is just creating them. */
  boolean isReady() {
    return look("reading", handle -> version(handle) > 0);
  }

  <T> T look(String attempted, Function<Handle, T> reading) {
    boolean still = isStill();
    try {
      T seen = look(attempted, reading, still);
      if (!still || isStill()) {
        return seen;
      }
    } catch (StoreException e) {
      if (!still || isStill()) {
        throw e;
      }
    }
    // A run began meanwhile and may have changed pages under an unlocked look.
    return look(attempted, reading, false);
  }

  private <T> T look(String attempted, Function<Handle, T> reading, boolean still) {
    try (Handle handle = Jdbi.create(source(still)).open()) {
      return handle.inTransaction(
          open -> {
            check(version(open));
            return reading.apply(open);
          });
    } catch (RuntimeException e) {
      throw Trouble.with(attempted + " from", database(), e);
    }
  }

  /**
   * Whether nobody has the file open and all of it is in the one file: then it is read as
   * immutable, because SQLite would create log and index files even for a reader. A writer makes
   * its owner file before it opens the database and removes it after it has closed it.
   */
  private boolean isStill() {
    return !Files.exists(root.resolve(NAME + "-wal"))
        && !Files.exists(root.resolve(NAME + "-journal"))
        && !Files.exists(root.resolve(OutputLock.OWNER));
  }

  private SQLiteDataSource source(boolean still) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    // A file URI, because only there SQLite takes options; its path is escaped.
    String uri = "file:" + database().toUri().getRawPath();
    source.setUrl("jdbc:sqlite:" + uri + (still ? "?immutable=1" : "?mode=ro"));
    return source;
  }

  private void check(int version) {
    if (version > Migrations.CURRENT) {
      throw Migrations.newer(database(), version);
    }
    if (version > 0 && version < Migrations.CURRENT) {
      throw new StoreException(
          "reading %s: it is of an older version (%d, this program's is %d) — 'run' brings it up to date"
              .formatted(database(), version, Migrations.CURRENT));
    }
  }

  private static int version(Handle handle) {
    return handle.createQuery("PRAGMA user_version").mapTo(Integer.class).one();
  }

  Path database() {
    return root.resolve(NAME);
  }
}
