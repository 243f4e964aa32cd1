package dev.promptrunner.store;

import dev.promptrunner.base.JobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The table {@code artifacts}, within a transaction of the caller. */
record Artifacts(Handle handle) {
  /** All that the job made before is forgotten: it was made from other inputs. */
  void replace(JobId job, List<ArtifactRow> artifacts) {
    handle
        .createUpdate("DELETE FROM artifacts WHERE job = :job")
        .bind("job", job.value())
        .execute();
    artifacts.forEach(this::insert);
  }

  private void insert(ArtifactRow artifact) {
    handle
        .createUpdate(
            """
            INSERT INTO artifacts (job, role, path, size, sha256, frames)
            VALUES (:job, :role, :path, :size, :sha256, :frames)
            """)
        .bind("job", artifact.job().value())
        .bind("role", artifact.role())
        .bind("path", artifact.path())
        .bind("size", artifact.size())
        .bind("sha256", artifact.sha256().hex())
        .bind("frames", artifact.frames())
        .execute();
  }

  void discard(JobId job, String role, String why) {
    int rows =
        handle
            .createUpdate("UPDATE artifacts SET discarded = :why WHERE job = :job AND role = :role")
            .bind("why", why)
            .bind("job", job.value())
            .bind("role", role)
            .execute();
    if (rows == 0) {
      throw new IllegalStateException(
          "discarding the %s of %s, which was never stored".formatted(role, job));
    }
  }

  void move(JobId job, String role, String path) {
    handle
        .createUpdate("UPDATE artifacts SET path = :path WHERE job = :job AND role = :role")
        .bind("path", path)
        .bind("job", job.value())
        .bind("role", role)
        .execute();
  }

  Optional<ArtifactRow> find(JobId job, String role) {
    return handle
        .createQuery("SELECT * FROM artifacts WHERE job = :job AND role = :role")
        .bind("job", job.value())
        .bind("role", role)
        .map((row, context) -> artifact(row))
        .findOne();
  }

  List<ArtifactRow> of(JobId job) {
    return list(
        handle
            .createQuery("SELECT * FROM artifacts WHERE job = :job ORDER BY role")
            .bind("job", job.value()));
  }

  List<ArtifactRow> ofWork(String work) {
    return list(
        handle
            .createQuery(
                """
                SELECT artifacts.* FROM jobs JOIN artifacts ON artifacts.job = jobs.id
                WHERE jobs.work = :work ORDER BY jobs.id, role
                """)
            .bind("work", work));
  }

  private static List<ArtifactRow> list(Query query) {
    return query.map((row, context) -> artifact(row)).list();
  }

  private static ArtifactRow artifact(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new ArtifactRow(
        columns.job("job"),
        columns.text("role"),
        columns.text("path"),
        columns.big("size"),
        columns.digest("sha256"),
        columns.number("frames"),
        columns.maybeText("discarded").isPresent());
  }
}
