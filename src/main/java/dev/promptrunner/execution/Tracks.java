package dev.promptrunner.execution;

import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Work;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The prompt files of a run; used by the run's owner alone. */
final class Tracks {
  private final Map<String, WorkTrack> works = new LinkedHashMap<>();

  Optional<WorkTrack> find(Work work) {
    return Optional.ofNullable(works.get(work.id()));
  }

  /** Takes the place of an earlier one of the same id. */
  WorkTrack add(Work work, Instant now, Set<JobId> missing) {
    WorkTrack track = new WorkTrack(works.size(), work, now, missing);
    works.put(work.id(), track);
    return track;
  }

  WorkTrack of(JobId job) {
    WorkTrack track = works.get(job.work());
    if (track == null) {
      throw new IllegalStateException("no work of this run has the job " + job);
    }
    return track;
  }

  List<WorkTrack> all() {
    return List.copyOf(works.values());
  }

  Set<String> ids() {
    return Set.copyOf(works.keySet());
  }

  List<Outcome.Result> results() {
    return works.values().stream().map(WorkTrack::result).toList();
  }
}
