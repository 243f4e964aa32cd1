package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table {@code attempts}, within a transaction of the caller. */
record Attempts(Handle handle) {
  /** OPEN; the number must be one that the job has not had. */
  AttemptRow insert(JobId job, int number, Digest fingerprint, Request request, Instant now) {
    long id =
        handle
            .createUpdate(
                """
                INSERT INTO attempts
                  (job, number, fingerprint, resource, client_id, prompt_id, state, started_at)
                VALUES (:job, :number, :fingerprint, :resource, :client, :prompt, 'OPEN', :now)
                """)
            .bind("job", job.value())
            .bind("number", number)
            .bind("fingerprint", fingerprint.hex())
            .bind("resource", request.resource())
            .bind("client", request.clientId())
            .bind("prompt", request.promptId())
            .bind("now", now.toString())
            .executeAndReturnGeneratedKeys()
            .mapTo(Long.class)
            .one();
    return one(query("WHERE id = :id").bind("id", id)).orElseThrow();
  }

  /** Where a job is sent. */
  record Request(String resource, String clientId, String promptId) {}

  void end(AttemptRow attempt, AttemptState state, Instant now) {
    end(attempt, state, now, Optional.empty(), Optional.empty(), Optional.empty());
  }

  void fail(AttemptRow attempt, Failure failure, Instant now) {
    end(
        attempt,
        AttemptState.FAILED,
        now,
        Optional.of(failure.kind()),
        Optional.of(failure.found()),
        Optional.of(failure.remedy()));
  }

  void abandon(AttemptRow attempt, String why, Instant now) {
    end(attempt, AttemptState.ABANDONED, now, Optional.empty(), Optional.of(why), Optional.empty());
  }

  private void end(
      AttemptRow attempt,
      AttemptState state,
      Instant now,
      Optional<String> kind,
      Optional<String> found,
      Optional<String> remedy) {
    int rows =
        handle
            .createUpdate(
                """
                UPDATE attempts SET state = :state, ended_at = :now, failure_kind = :kind,
                  found = :found, remedy = :remedy
                WHERE id = :id AND job = :job AND state = 'OPEN'
                """)
            .bind("state", state.name())
            .bind("now", now.toString())
            .bind("kind", kind)
            .bind("found", found)
            .bind("remedy", remedy)
            .bind("id", attempt.id())
            .bind("job", attempt.job().value())
            .execute();
    if (rows == 0) {
      throw new IllegalStateException(
          "ending attempt %d of %s as %s: it is not open any more"
              .formatted(attempt.number(), attempt.job(), state));
    }
  }

  Optional<AttemptRow> open(JobId job) {
    return one(query("WHERE job = :job AND state = 'OPEN'").bind("job", job.value()));
  }

  /** Oldest first. */
  List<AttemptRow> open() {
    return query("WHERE state = 'OPEN' ORDER BY +id").map((row, context) -> attempt(row)).list();
  }

  /** First to last. */
  List<AttemptRow> of(JobId job) {
    return query("WHERE job = :job ORDER BY number")
        .bind("job", job.value())
        .map((row, context) -> attempt(row))
        .list();
  }

  private Query query(String which) {
    return handle.createQuery("SELECT * FROM attempts " + which);
  }

  private static Optional<AttemptRow> one(Query query) {
    return query.map((row, context) -> attempt(row)).findOne();
  }

  static AttemptRow attempt(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new AttemptRow(
        columns.big("id"),
        columns.job("job"),
        columns.number("number"),
        columns.digest("fingerprint"),
        columns.text("resource"),
        columns.text("client_id"),
        columns.text("prompt_id"),
        columns.word("state", AttemptState.class),
        columns.instant("started_at"),
        columns.maybeInstant("ended_at"),
        columns.maybeText("failure_kind"),
        columns.maybeText("found"),
        columns.maybeText("remedy"));
  }
}
