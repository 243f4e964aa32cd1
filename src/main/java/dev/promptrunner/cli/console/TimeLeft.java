package dev.promptrunner.cli.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How long a prompt file's own jobs still take, judged by this run's finished jobs of the same
 * kind. Waiting for servers that render other prompt files is not counted: nobody knows it.
 */
final class TimeLeft {
  private final RunView run;
  private final Instant now;

  TimeLeft(RunView run, Instant now) {
    this.run = run;
    this.now = now;
  }

  /** Empty while nothing is known to judge by. */
  Optional<Duration> of(WorkView work) {
    Duration left = Duration.ZERO;
    for (WorkView.Running job : work.running()) {
      Optional<Duration> rest = rest(job);
      if (rest.isEmpty()) {
        return Optional.empty();
      }
      left = left.plus(rest.get());
    }
    return waiting(work).map(left::plus);
  }

  private Optional<Duration> rest(WorkView.Running job) {
    Duration elapsed = Duration.between(job.started().at(), now);
    Optional<Duration> usual = run.pace().of(job.started().kind());
    if (usual.isPresent()) {
      return usual.map(mean -> longer(mean.minus(elapsed), Duration.ZERO));
    }
    double fraction = job.fraction();
    if (fraction > 0) {
      return Optional.of(
          Duration.ofMillis((long) (elapsed.toMillis() * (1 - fraction) / fraction)));
    }
    return run.pace().ofAny();
  }

  private Optional<Duration> waiting(WorkView work) {
    int jobs = work.jobs() - work.done() - work.running().size();
    if (jobs <= 0) {
      return Optional.of(Duration.ZERO);
    }
    return run.pace().ofAny().map(any -> mean(work, any).multipliedBy(jobs));
  }

  /**
   * The mean of the jobs that wait, by their kinds. Which kinds a resumed work had done before is
   * not told, so kinds only weigh the mean.
   */
  private Duration mean(WorkView work, Duration any) {
    long jobs = 0;
    Duration sum = Duration.ZERO;
    for (Map.Entry<String, Integer> kind : run.planned(work.id()).entrySet()) {
      int waiting = kind.getValue() - work.done(kind.getKey()) - running(work, kind.getKey());
      if (waiting > 0) {
        jobs += waiting;
        sum = sum.plus(run.pace().of(kind.getKey()).orElse(any).multipliedBy(waiting));
      }
    }
    return jobs == 0 ? any : sum.dividedBy(jobs);
  }

  private static int running(WorkView work, String kind) {
    return (int) work.running().stream().filter(job -> job.started().kind().equals(kind)).count();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
