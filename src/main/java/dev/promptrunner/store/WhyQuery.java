package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** All that is known of one job. */
record WhyQuery(Handle handle) {
  /** Jobs that were never begun are known by their reason alone. */
  private static final String KNOWN = "(SELECT id FROM jobs UNION SELECT job AS id FROM reasons)";

  Why why(String text) {
    List<JobId> exact = jobs("id = :text", text);
    List<JobId> fitting = exact.isEmpty() ? jobs(fits(text), text) : exact;
    return switch (fitting.size()) {
      case 0 -> new Why.Unknown(text);
      case 1 -> known(fitting.getFirst());
      default -> new Why.Ambiguous(fitting);
    };
  }

  /** The end of an id; or name and label, between which the ids have {@code _} and 8 digits. */
  private static String fits(String text) {
    String end = "substr(id, -length(:text)) = :text";
    int slash = text.indexOf('/');
    return slash < 0
        ? end
        : end
            + " OR (length(id) = length(:text) + 9 AND substr(id, 1, %1$d) = substr(:text, 1, %1$d)"
                .formatted(slash)
            + " AND substr(id, %d, 1) = '_'".formatted(slash + 1)
            + " AND substr(id, %d) = substr(:text, %d))".formatted(slash + 10, slash + 1);
  }

  private List<JobId> jobs(String condition, String text) {
    return handle
        .createQuery("SELECT id FROM " + KNOWN + " WHERE " + condition + " ORDER BY id")
        .bind("text", text)
        .map((row, context) -> new JobId(row.getString("id")))
        .list();
  }

  private Why.Known known(JobId job) {
    List<AttemptRow> attempts = new Attempts(handle).of(job);
    Events events = new Events(handle);
    Map<String, Digest> inputs =
        attempts.isEmpty() ? Map.of() : new Inputs(handle).of(attempts.getLast());
    List<String> reason =
        events.reason(job).map(String::lines).map(l -> l.toList()).orElse(List.of());
    return new Why.Known(
        job,
        new Jobs(handle).find(job),
        reason,
        attempts,
        inputs,
        new Artifacts(handle).of(job),
        progress(job));
  }

  private Optional<Progress> progress(JobId job) {
    return handle
        .createQuery("SELECT * FROM progress WHERE job = :job")
        .bind("job", job.value())
        .map((row, context) -> StatusQuery.progress(row))
        .findOne();
  }
}
