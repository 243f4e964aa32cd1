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
    T seen = look(attempted, reading, still);
    // A run that began meanwhile may have changed pages under an unlocked look.
    return still && !isStill() ? look(attempted, reading, false) : seen;
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
   * Without a log nobody has the file open, and all of it is in the one file: then it is read as
   * immutable, because SQLite would create log and index files even for a reader.
   */
  private boolean isStill() {
    return !Files.exists(root.resolve(NAME + "-wal"));
  }

  private SQLiteDataSource source(boolean still) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    String options = still ? "?immutable=1" : "?mode=ro";
    source.setUrl(
        "jdbc:sqlite:" + database().toUri().toString().replace("file:///", "file:/") + options);
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
