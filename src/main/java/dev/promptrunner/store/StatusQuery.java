package dev.promptrunner.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A few whole-table queries, not a few per work: 10,000 works in a fraction of a second. */
record StatusQuery(Handle handle, Path root) {
  static final String WORKS =
      """
      SELECT works.*, deliveries.key IS NOT NULL AS is_delivered, uri, bytes, checksum, delivered_at
      FROM works LEFT JOIN deliveries USING (key) ORDER BY works.rowid
      """;
  static final String DONE =
      "SELECT work, count(*) AS done FROM jobs WHERE state = 'DONE' GROUP BY work";

  /** The plus keeps SQLite from walking all attempts only to have them in order. */
  static final String RUNNING =
      """
      SELECT jobs.work, jobs.kind, attempts.job, number, resource, started_at, at, label, step, steps
      FROM attempts JOIN jobs ON jobs.id = attempts.job LEFT JOIN progress USING (job)
      WHERE attempts.state = 'OPEN' ORDER BY +attempts.id
      """;

  static final String FAILED =
      """
      SELECT jobs.id, jobs.work, jobs.state, failure_kind, found, remedy
      FROM jobs INDEXED BY jobs_not_done JOIN attempts ON attempts.job = jobs.id
      WHERE jobs.state <> 'DONE' AND jobs.failure IS NOT NULL AND number =
        (SELECT max(number) FROM attempts WHERE job = jobs.id AND attempts.state = 'FAILED')
      ORDER BY jobs.id
      """;

  /** Something of a work. */
  private record Of<T>(String work, T value) {}

  Status status() {
    Optional<RunRow> run = new Runs(handle).last();
    Map<String, Integer> done =
        handle
            .createQuery(DONE)
            .map((row, context) -> new Of<>(row.getString("work"), row.getInt("done")))
            .collect(toMap(Of::work, Of::value));
    Map<String, List<Status.Running>> running =
        byWork(handle.createQuery(RUNNING).map((row, context) -> running(row)).list());
    Map<String, List<Status.Failed>> failed =
        byWork(handle.createQuery(FAILED).map((row, context) -> failed(row)).list());
    List<Status.Work> works =
        handle.createQuery(WORKS).map((row, context) -> work(row, done, running, failed)).list();
    return new Status(run, new Liveness(root).of(run), works);
  }

  private static <T> Map<String, List<T>> byWork(List<Of<T>> rows) {
    return rows.stream().collect(groupingBy(Of::work, mapping(Of::value, toList())));
  }

  private static Status.Work work(
      ResultSet row,
      Map<String, Integer> done,
      Map<String, List<Status.Running>> running,
      Map<String, List<Status.Failed>> failed)
      throws SQLException {
    Columns columns = new Columns(row);
    String id = columns.text("id");
    return new Status.Work(
        Works.work(row),
        done.getOrDefault(id, 0),
        columns.maybeNumber("jobs"),
        running.getOrDefault(id, List.of()),
        failed.getOrDefault(id, List.of()),
        Works.video(row),
        columns.number("is_delivered") == 0
            ? Optional.empty()
            : Optional.of(Deliveries.delivery(row)));
  }

  private static Of<Status.Running> running(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new Of<>(
        columns.text("work"),
        new Status.Running(
            columns.job("job"),
            columns.text("kind"),
            columns.number("number"),
            columns.text("resource"),
            columns.instant("started_at"),
            columns.maybeText("at").isEmpty() ? Optional.empty() : Optional.of(progress(row))));
  }

  private static Of<Status.Failed> failed(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new Of<>(
        columns.text("work"),
        new Status.Failed(
            columns.job("id"),
            columns.word("state", JobState.class),
            columns.text("failure_kind"),
            columns.text("found"),
            columns.text("remedy")));
  }

  static Progress progress(ResultSet row) throws SQLException {
    Columns columns = new Columns(row);
    return new Progress(
        columns.text("label"), columns.big("step"), columns.big("steps"), columns.instant("at"));
  }
}
