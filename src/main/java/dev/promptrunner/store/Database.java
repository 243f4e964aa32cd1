package dev.promptrunner.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The one connection that writes. All access goes through a lock, so that callers on several
 * threads wait for each other; a transaction is whole or absent.
 *
 * <p>A commit with {@link Sync#POWER_LOSS} is on the disk when the call returns. One with {@link
 * Sync#KILL} survives the death of this process at any moment, but after a power loss it may be
 * absent – together with all that came after it and never without that: the log is read in order.
 */
final class Database implements AutoCloseable {
  /** What a committed transaction must survive. */
  enum Sync {
    KILL("NORMAL"),
    POWER_LOSS("FULL");

    private final String pragma;

    Sync(String pragma) {
      this.pragma = pragma;
    }
  }

  private static final int BUSY_MILLISECONDS = 10_000;

  private final Path file;
  private final ReentrantLock lock = new ReentrantLock();
  private final Handle handle;
  private Sync sync = Sync.POWER_LOSS;

  private Database(Path file, Handle handle) {
    this.file = file;
    this.handle = handle;
  }

  /** Creates or migrates the file as needed. */
  static Database open(Path file) {
    try {
      SQLiteDataSource source = new SQLiteDataSource(writing());
      source.setUrl("jdbc:sqlite:" + file);
      Migrations.migrate(file, source);
      return new Database(file, Jdbi.create(source).open());
    } catch (RuntimeException e) {
      throw Trouble.with("opening", file, e);
    }
  }

  private static SQLiteConfig writing() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLISECONDS);
    config.enforceForeignKeys(true);
    return config;
  }

  /** Runs in a read transaction of its own. */
  <T> T read(String attempted, Function<Handle, T> reading) {
    return locked(attempted, () -> handle.inTransaction(reading::apply));
  }

  /** Runs in a transaction that is committed when the call returns, or has left no trace. */
  <T> T write(String attempted, Sync needed, Function<Handle, T> writing) {
    return locked(
        attempted,
        () -> {
          synchronous(needed);
          return handle.inTransaction(writing::apply);
        });
  }

  void run(String attempted, Sync needed, Consumer<Handle> writing) {
    write(
        attempted,
        needed,
        open -> {
          writing.accept(open);
          return true;
        });
  }

  /** Holds the lock over several calls; they may be made within. */
  <T> T exclusively(Supplier<T> calls) {
    lock.lock();
    try {
      return calls.get();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(String attempted, Step<T> step) {
    lock.lock();
    try {
      if (handle.isClosed()) {
        throw new IllegalStateException(attempted + ": the store of " + file + " is closed");
      }
      return step.take();
    } catch (IllegalStateException e) {
      throw e;
    } catch (RuntimeException | SQLException e) {
      throw Trouble.isMisuse(e)
          ? new IllegalStateException(attempted + ": " + e.getMessage(), e)
          : Trouble.with(attempted + " in", file, e);
    } finally {
      lock.unlock();
    }
  }

  /** Outside a transaction only: SQLite does not change it within one. */
  private void synchronous(Sync needed) throws SQLException {
    if (sync != needed) {
      try (var statement = handle.getConnection().createStatement()) {
        statement.execute("PRAGMA synchronous=" + needed.pragma);
      }
      sync = needed;
    }
  }

  boolean isClosed() {
    return exclusively(handle::isClosed);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      handle.close();
    } finally {
      lock.unlock();
    }
  }

  private interface Step<T> {
    T take() throws SQLException;
  }
}
