package dev.promptrunner.plan;

import dev.promptrunner.base.JobId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How long jobs take, from those of the same plan that are done: time grows with frames and pixels.
 * Pure.
 */
public final class Pace {
  private final Map<JobKind, Sum> sums = new EnumMap<>(JobKind.class);
  private final Map<JobId, Duration> took;

  /**
   * @param took of the jobs that are done
   */
  public Pace(Plan plan, Map<JobId, Duration> took) {
    this.took = Map.copyOf(took);
    for (VideoWork work : plan.works()) {
      for (Job job : work.jobs()) {
        long effort = Effort.of(work, job);
        Duration time = this.took.get(job.id());
        if (effort > 0 && time != null) {
          sums.merge(job.kind(), new Sum(effort, time, 1), Sum::plus);
        }
      }
    }
  }

  /**
   * What is expected.
   *
   * @param time of all servers together
   * @param jobs that it is for
   * @param from how many jobs it was learned from
   */
  public record Expected(Duration time, int jobs, int from) {}

  private record Sum(double effort, Duration time, int jobs) {
    Sum plus(Sum other) {
      return new Sum(effort + other.effort, time.plus(other.time), jobs + other.jobs);
    }

    Duration of(long more) {
      return Duration.ofMillis(Math.round(time.toMillis() * (more / effort)));
    }
  }

  /** Empty when nothing is left, or there is a kind of job of which none was done yet. */
  public Optional<Expected> expected(Plan plan) {
    Duration time = Duration.ZERO;
    int jobs = 0;
    for (VideoWork work : plan.works()) {
      for (Job job : work.jobs()) {
        long effort = Effort.of(work, job);
        if (effort > 0 && !took.containsKey(job.id())) {
          Sum known = sums.get(job.kind());
          if (known == null) {
            return Optional.empty();
          }
          time = time.plus(known.of(effort));
          jobs++;
        }
      }
    }
    int from = sums.values().stream().mapToInt(Sum::jobs).sum();
    return jobs == 0 ? Optional.empty() : Optional.of(new Expected(time, jobs, from));
  }
}
