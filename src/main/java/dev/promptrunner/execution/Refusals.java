package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * On which servers the nodes of an exploration's job failed. Whether its values are to blame or the
 * server is known when another server has tried: until then one broken server could fail run after
 * run in no time. Used by the run's owner alone.
 */
final class Refusals {
  private final Map<JobId, Set<Renderer>> byJob = new HashMap<>();

  void failed(Job job, Renderer server, Failure failure) {
    if (job.kind() == JobKind.GENERATE && failure instanceof Failure.NodeFailed) {
      byJob.computeIfAbsent(job.id(), _ -> new HashSet<>()).add(server);
    }
  }

  /** Whether another server at work has not tried the job, and this one has. */
  boolean isForAnother(Job job, Renderer server, Crew crew) {
    Set<Renderer> tried = byJob.getOrDefault(job.id(), Set.of());
    return tried.contains(server)
        && crew.atWork().stream()
            .anyMatch(other -> !tried.contains(other) && other.takes(job.kind()));
  }

  /** Those that could not do what another has done now. */
  Set<Renderer> toBlame(Job job) {
    Set<Renderer> blamed = byJob.remove(job.id());
    return blamed == null ? Set.of() : blamed;
  }
}
