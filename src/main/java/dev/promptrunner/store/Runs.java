package dev.promptrunner.store;

import dev.promptrunner.base.RunId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code runs}, within a transaction of the caller. */
record Runs(Handle handle) {
  void insert(RunRow run) {
    if (exists(run.id())) {
      throw new IllegalStateException("starting run " + run.id() + " a second time");
    }
    handle
        .createUpdate(
            """
            INSERT INTO runs (id, engine, started_at, finished_at, exit_code, version, pid)
            VALUES (:id, :engine, :started, :finished, :exit, :version, :pid)
            """)
        .bind("id", run.id().value())
        .bind("engine", run.engine())
        .bind("started", run.startedAt().toString())
        .bind("finished", run.finishedAt().map(Instant::toString))
        .bind("exit", run.exitCode())
        .bind("version", run.version())
        .bind("pid", run.pid())
        .execute();
  }

  boolean exists(RunId run) {
    return handle
        .createQuery("SELECT 1 FROM runs WHERE id = :id")
        .bind("id", run.value())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  void finish(RunId run, Instant at, int exitCode) {
    int rows =
        handle
            .createUpdate("UPDATE runs SET finished_at = :at, exit_code = :exit WHERE id = :id")
            .bind("at", at.toString())
            .bind("exit", exitCode)
            .bind("id", run.value())
            .execute();
    if (rows == 0) {
      throw new IllegalStateException("finishing run " + run + ", which was never started");
    }
  }

  /** The run that was started last. */
  Optional<RunRow> last() {
    return handle
        .createQuery("SELECT * FROM runs ORDER BY rowid DESC LIMIT 1")
        .map((row, context) -> run(row))
        .findOne();
  }

  private static RunRow run(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new RunRow(
        new RunId(columns.text("id")),
        columns.text("engine"),
        columns.instant("started_at"),
        columns.maybeInstant("finished_at"),
        columns.maybeNumber("exit_code"),
        columns.text("version"),
        columns.big("pid"));
  }
}
