package dev.promptrunner.store;

import dev.promptrunner.store.Database.Sync;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * One way to look, to change and to note for everything in the store. What was noted before a
 * change is committed with it and stands before it. Thread-safe.
 */
final class Session implements AutoCloseable {
  private final Database database;
  private final InstantSource clock;
  private final Journal journal = new Journal();

  Session(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  <T> T look(String what, Function<Handle, T> reading) {
    return database.read("reading " + what, reading);
  }

  /** On the disk when the call returns. */
  <T> T change(String attempted, Function<Handle, T> change) {
    return change(attempted, Sync.POWER_LOSS, change);
  }

  /** The same, on the disk as soon as the caller needs it to be. */
  <T> T change(String attempted, Sync sync, Function<Handle, T> change) {
    return database.exclusively(
        () -> {
          T result =
              database.write(
                  attempted,
                  sync,
                  handle -> {
                    journal.write(handle);
                    return change.apply(handle);
                  });
          journal.forget(now());
          return result;
        });
  }

  void perform(String attempted, Consumer<Handle> change) {
    change(
        attempted,
        handle -> {
          change.accept(handle);
          return true;
        });
  }

  /** On the disk before anything that is changed later. */
  void remember(String attempted, Consumer<Handle> change) {
    database.run(attempted, Sync.KILL, change);
  }

  /** Takes notes and writes them when they are due. */
  void note(Consumer<Journal> notes) {
    database.exclusively(
        () -> {
          notes.accept(journal);
          return journal.isDue(now()) && flush();
        });
  }

  private boolean flush() {
    database.run("writing events", Sync.KILL, journal::write);
    journal.forget(now());
    return true;
  }

  /** Writes what is noted; again it does nothing. */
  @Override
  public void close() {
    try (database) {
      if (!database.isClosed()) {
        database.exclusively(this::flush);
      }
    }
  }
}
