package dev.promptrunner.store;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Notes that wait to be written with the next transaction: events in their order, of progress and
 * reasons only the last of each job. What is noted may be lost in a kill; nothing is proven by it.
 * Guarded by the store.
 */
final class Journal {
  /** How old what {@code status} shows may be. */
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private static final int CROWD = 500;

  private final List<Note> events = new ArrayList<>();
  private final Map<JobId, RunEvent.JobProgress> progress = new LinkedHashMap<>();
  private final Map<JobId, Reason> reasons = new LinkedHashMap<>();
  private final Set<RunId> runs = new HashSet<>();
  private Instant written = Instant.MIN;

  private record Note(RunId run, RunEvent event) {}

  private record Reason(Instant at, String text) {}

  boolean knows(RunId run) {
    return runs.contains(run);
  }

  /** A note of a run without a row could never be written, nor anything after it. */
  void learn(RunId run, boolean started) {
    if (!started) {
      throw new IllegalStateException("noting an event of run " + run + ", which was not started");
    }
    runs.add(run);
  }

  void note(RunId run, RunEvent event) {
    if (event instanceof RunEvent.JobProgress step) {
      progress.put(step.job(), step);
    } else {
      events.add(new Note(run, event));
    }
  }

  void explain(JobId job, String reason, Instant now) {
    reasons.put(job, new Reason(now, reason));
  }

  /** Whether it is time to write even if no status changes. */
  boolean isDue(Instant now) {
    int size = events.size() + progress.size() + reasons.size();
    return !events.isEmpty()
        || size >= CROWD
        || (size > 0 && written.isBefore(now.minus(PATIENCE)));
  }

  /** Writes all within the transaction; {@link #forget} follows when it was committed. */
  void write(Handle handle) {
    Events table = new Events(handle);
    events.forEach(note -> table.insert(note.run(), note.event()));
    progress.values().forEach(table::progress);
    reasons.forEach((job, reason) -> table.reason(job, reason.text(), reason.at()));
  }

  void forget(Instant now) {
    events.clear();
    progress.clear();
    reasons.clear();
    written = now;
  }
}
