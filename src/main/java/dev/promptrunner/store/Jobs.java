package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code jobs}, within a transaction of the caller. */
record Jobs(Handle handle) {
  /** RUNNING with one attempt more. */
  JobRow begin(JobId job, String work, String kind, Digest fingerprint) {
    handle
        .createUpdate(
            """
            INSERT INTO jobs (id, work, kind, state, fingerprint, attempts, failures)
            VALUES (:id, :work, :kind, 'RUNNING', :fingerprint, 1, 0)
            ON CONFLICT (id) DO UPDATE
            SET state = 'RUNNING', kind = excluded.kind, fingerprint = excluded.fingerprint,
                attempts = attempts + 1, took_ns = NULL
            """)
        .bind("id", job.value())
        .bind("work", work)
        .bind("kind", kind)
        .bind("fingerprint", fingerprint.hex())
        .execute();
    return find(job).orElseThrow();
  }

  void done(JobId job, Duration took) {
    handle
        .createUpdate(
            """
            UPDATE jobs SET state = 'DONE', failures = 0, failure = NULL, took_ns = :took
            WHERE id = :id
            """)
        .bind("took", took.toNanos())
        .bind("id", job.value())
        .execute();
  }

  void failed(JobId job, JobState next, String failure) {
    handle
        .createUpdate(
            """
            UPDATE jobs SET state = :state, failures = failures + 1, failure = :failure
            WHERE id = :id
            """)
        .bind("state", next.name())
        .bind("failure", failure)
        .bind("id", job.value())
        .execute();
  }

  void pending(JobId job) {
    handle
        .createUpdate("UPDATE jobs SET state = 'PENDING' WHERE id = :id")
        .bind("id", job.value())
        .execute();
  }

  void reset(String work) {
    handle
        .createUpdate(
            """
            UPDATE jobs SET state = 'PENDING', failures = 0, failure = NULL
            WHERE work = :work AND state = 'FAILED'
            """)
        .bind("work", work)
        .execute();
  }

  Optional<JobRow> find(JobId job) {
    return handle
        .createQuery("SELECT * FROM jobs WHERE id = :id")
        .bind("id", job.value())
        .map((row, context) -> job(row))
        .findOne();
  }

  /** By label. */
  List<JobRow> of(String work) {
    return handle
        .createQuery("SELECT * FROM jobs WHERE work = :work ORDER BY id")
        .bind("work", work)
        .map((row, context) -> job(row))
        .list();
  }

  /** Of those that are done. */
  Map<JobId, Duration> took() {
    Map<JobId, Duration> took = new HashMap<>();
    handle
        .createQuery("SELECT * FROM jobs WHERE state = 'DONE' AND took_ns IS NOT NULL")
        .map((row, context) -> job(row))
        .forEach(job -> took.put(job.id(), job.took().orElseThrow()));
    return took;
  }

  static JobRow job(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    var took = columns.maybeBig("took_ns");
    return new JobRow(
        columns.job("id"),
        columns.text("work"),
        columns.text("kind"),
        columns.word("state", JobState.class),
        columns.maybeText("fingerprint").map(Digest::new),
        columns.number("attempts"),
        columns.number("failures"),
        columns.maybeText("failure"),
        took.isPresent() ? Optional.of(Duration.ofNanos(took.getAsLong())) : Optional.empty());
  }
}
