package dev.promptrunner.metrics;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The jobs that run now, by the event that began them. Not thread-safe. */
final class RunningJobs {
  private final Map<JobId, RunEvent.JobStarted> running = new HashMap<>();

  /** The beginning of the job that this event ends; empty for every other event. */
  Optional<RunEvent.JobStarted> ended(RunEvent event) {
    return switch (event) {
      case RunEvent.JobStarted e -> {
        running.put(e.job(), e);
        yield Optional.empty();
      }
      case RunEvent.JobDone e -> Optional.ofNullable(running.remove(e.job()));
      case RunEvent.JobFailed e -> Optional.ofNullable(running.remove(e.job()));
      default -> Optional.empty();
    };
  }

  Collection<RunEvent.JobStarted> all() {
    return running.values();
  }
}
