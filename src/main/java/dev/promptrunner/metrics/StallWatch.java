package dev.promptrunner.metrics;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds jobs that run three times as long as such jobs usually do. Not thread-safe. */
final class StallWatch {
  private static final int FACTOR = 3;
  private static final int FEWEST_JOBS = 3;
  private static final int MOST_JOBS = 100;
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  private final RunningJobs running = new RunningJobs();
  private final Map<String, Deque<Duration>> took = new HashMap<>();
  private final Set<JobId> told = new HashSet<>();

  void on(RunEvent event) {
    running.ended(event).ifPresent(job -> told.remove(job.job()));
    if (event instanceof RunEvent.JobDone done) {
      Deque<Duration> times = took.computeIfAbsent(done.kind(), _ -> new ArrayDeque<>());
      times.addLast(done.took());
      if (times.size() > MOST_JOBS) {
        times.removeFirst();
      }
    }
  }

  /** Each job once. */
  List<RunEvent.Warning> check(Instant now) {
    List<RunEvent.Warning> stalls = new ArrayList<>();
    for (RunEvent.JobStarted job : running.all()) {
      Duration runs = Duration.between(job.at(), now);
      Deque<Duration> usual = took.getOrDefault(job.kind(), new ArrayDeque<>());
      if (runs.compareTo(SHORTEST) > 0 && usual.size() >= FEWEST_JOBS) {
        Duration median = usual.stream().sorted().toList().get(usual.size() / 2);
        if (runs.compareTo(median.multipliedBy(FACTOR)) > 0 && told.add(job.job())) {
          stalls.add(warning(now, job, runs, median));
        }
      }
    }
    return stalls;
  }

  private static RunEvent.Warning warning(
      Instant now, RunEvent.JobStarted job, Duration runs, Duration median) {
    return new RunEvent.Warning(
        now,
        job.job().value(),
        ("%s on %s has run for %d s, and such jobs usually take %d s: look at the server's queue"
                + " and log; without progress it is interrupted after comfyui.stall-after")
            .formatted(job.kind(), job.resource(), runs.toSeconds(), median.toSeconds()));
  }
}
