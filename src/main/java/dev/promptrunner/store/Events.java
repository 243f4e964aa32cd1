package dev.promptrunner.store;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.EventJson;
import dev.promptrunner.event.RunEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The tables {@code events}, {@code progress} and {@code reasons}, within the caller's transaction.
 */
record Events(Handle handle) {
  void insert(RunId run, RunEvent event) {
    Optional<JobId> job = job(event);
    handle
        .createUpdate(
            """
            INSERT INTO events (run, at, type, job, work, json)
            VALUES (:run, :at, :type, :job, :work, :json)
            """)
        .bind("run", run.value())
        .bind("at", event.at().toString())
        .bind("type", event.type())
        .bind("job", job.map(JobId::value))
        .bind("work", job.map(JobId::work).or(() -> work(event)))
        .bind("json", EventJson.write(event))
        .execute();
    remember(event);
  }

  /** What {@code status} shows of a work stands in its row. */
  private void remember(RunEvent event) {
    Works works = new Works(handle);
    if (event instanceof RunEvent.WorkStarted started) {
      works.planned(started.work(), started.jobs());
    } else if (event instanceof RunEvent.Replanned anew) {
      works.planned(anew.work(), anew.jobs());
    } else if (event instanceof RunEvent.VideoReady ready) {
      works.video(ready.work(), new Video(ready.path(), ready.frames(), ready.finished()));
    }
  }

  void progress(RunEvent.JobProgress step) {
    handle
        .createUpdate(
            """
            INSERT OR REPLACE INTO progress (job, at, label, step, steps)
            VALUES (:job, :at, :label, :step, :steps)
            """)
        .bind("job", step.job().value())
        .bind("at", step.at().toString())
        .bind("label", step.label())
        .bind("step", step.step())
        .bind("steps", step.steps())
        .execute();
  }

  void reason(JobId job, String reason, Instant at) {
    handle
        .createUpdate(
            "INSERT OR REPLACE INTO reasons (job, at, reason) VALUES (:job, :at, :reason)")
        .bind("job", job.value())
        .bind("at", at.toString())
        .bind("reason", reason)
        .execute();
  }

  Optional<String> reason(JobId job) {
    return handle
        .createQuery("SELECT reason FROM reasons WHERE job = :job")
        .bind("job", job.value())
        .mapTo(String.class)
        .findOne();
  }

  /** A job's last step; a new attempt begins without. */
  void clearProgress(JobId job) {
    handle.createUpdate("DELETE FROM progress WHERE job = :job").bind("job", job.value()).execute();
  }

  /** The lines of all events of a run, in their order. */
  List<String> lines(RunId run) {
    return handle
        .createQuery("SELECT json FROM events WHERE run = :run ORDER BY id")
        .bind("run", run.value())
        .mapTo(String.class)
        .list();
  }

  /** The lines of all events of a work that are not a job's, in their order. */
  List<String> linesOf(String work) {
    return handle
        .createQuery("SELECT json FROM events WHERE work = :work AND job IS NULL ORDER BY id")
        .bind("work", work)
        .mapTo(String.class)
        .list();
  }

  private static Optional<JobId> job(RunEvent event) {
    return switch (event) {
      case RunEvent.JobStarted e -> Optional.of(e.job());
      case RunEvent.JobProgress e -> Optional.of(e.job());
      case RunEvent.JobDone e -> Optional.of(e.job());
      case RunEvent.JobFailed e -> Optional.of(e.job());
      case RunEvent.RunStarted _,
          RunEvent.WorkStarted _,
          RunEvent.ServerDown _,
          RunEvent.ServerUp _,
          RunEvent.Replanned _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Spent _,
          RunEvent.VideoReady _,
          RunEvent.Delivered _,
          RunEvent.WorkDone _,
          RunEvent.WorkFailed _,
          RunEvent.Warning _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ ->
          Optional.empty();
    };
  }

  private static Optional<String> work(RunEvent event) {
    return switch (event) {
      case RunEvent.WorkStarted e -> Optional.of(e.work());
      case RunEvent.Replanned e -> Optional.of(e.work());
      case RunEvent.Spent e -> e.work().isEmpty() ? Optional.empty() : Optional.of(e.work());
      case RunEvent.VideoReady e -> Optional.of(e.work());
      case RunEvent.Delivered e -> Optional.of(e.work());
      case RunEvent.WorkDone e -> Optional.of(e.work());
      case RunEvent.WorkFailed e -> Optional.of(e.work());
      case RunEvent.JobStarted _,
          RunEvent.JobProgress _,
          RunEvent.JobDone _,
          RunEvent.JobFailed _,
          RunEvent.RunStarted _,
          RunEvent.ServerDown _,
          RunEvent.ServerUp _,
          RunEvent.Paused _,
          RunEvent.Resumed _,
          RunEvent.LimitNear _,
          RunEvent.Warning _,
          RunEvent.PodStopping _,
          RunEvent.PodStopped _,
          RunEvent.RunFinished _ ->
          Optional.empty();
    };
  }
}
