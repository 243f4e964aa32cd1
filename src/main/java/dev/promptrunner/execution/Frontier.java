package dev.promptrunner.execution;

import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind.Resource;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The jobs that may run now, kept up to date as others finish: {@code Plan.ready} without starting
 * over each time. Not thread-safe: the run's owner alone uses it.
 */
final class Frontier {
  private final Comparator<Ranked> order;
  private final Map<JobId, Set<JobId>> unmet = new HashMap<>();
  private final Map<JobId, List<Ranked>> dependants = new HashMap<>();
  private final Map<Resource, NavigableSet<Ranked>> ready = new EnumMap<>(Resource.class);

  Frontier(JobOrder order) {
    this.order = Ranked.by(order).thenComparing(ranked -> ranked.job().id());
    for (Resource resource : Resource.values()) {
      ready.put(resource, new TreeSet<>(this.order));
    }
  }

  /**
   * Takes up the missing jobs of a work.
   *
   * @param index the work's place among all works
   * @param missing the jobs to do; every other job of the work counts as done
   */
  void add(int index, Work work, Set<JobId> missing) {
    for (Job job : work.jobs()) {
      if (missing.contains(job.id())) {
        add(new Ranked(index, job), missing);
      }
    }
  }

  private void add(Ranked ranked, Set<JobId> missing) {
    Set<JobId> before = new HashSet<>(ranked.job().after());
    before.retainAll(missing);
    if (before.isEmpty()) {
      putBack(ranked);
      return;
    }
    unmet.put(ranked.job().id(), before);
    before.forEach(id -> dependants.computeIfAbsent(id, _ -> new ArrayList<>()).add(ranked));
  }

  /** A job is done: what waited for it alone becomes ready. */
  void done(JobId job) {
    List<Ranked> waiting = dependants.remove(job);
    if (waiting == null) {
      return;
    }
    for (Ranked ranked : waiting) {
      Set<JobId> before = unmet.get(ranked.job().id());
      if (before != null && before.remove(job) && before.isEmpty()) {
        unmet.remove(ranked.job().id());
        putBack(ranked);
      }
    }
  }

  /** Takes out the job that should go first among those that pass. */
  Optional<Ranked> take(Resource resource, Predicate<Ranked> passes) {
    NavigableSet<Ranked> candidates = of(resource);
    Optional<Ranked> first = candidates.stream().filter(passes).findFirst();
    first.ifPresent(candidates::remove);
    return first;
  }

  /** Takes out all that is ready for this resource, in the order in which it would begin. */
  List<Ranked> takeAll(Resource resource) {
    List<Ranked> all = List.copyOf(of(resource));
    of(resource).clear();
    return all;
  }

  /** Makes a job that was taken out ready again. */
  void putBack(Ranked ranked) {
    of(ranked.job().kind().resource()).add(ranked);
  }

  private NavigableSet<Ranked> of(Resource resource) {
    return Objects.requireNonNull(ready.get(resource));
  }

  /** Forgets all jobs of a work that failed. */
  void drop(Work work) {
    for (Job job : work.jobs()) {
      unmet.remove(job.id());
      dependants.remove(job.id());
    }
    Set<JobId> ids = new HashSet<>(work.jobs().stream().map(Job::id).toList());
    ready.values().forEach(jobs -> jobs.removeIf(ranked -> ids.contains(ranked.job().id())));
  }

  /** Whether jobs are ready for the resource, and none of them passes. */
  boolean nonePasses(Resource resource, Predicate<Ranked> passes) {
    return !of(resource).isEmpty() && of(resource).stream().noneMatch(passes);
  }

  boolean isEmpty() {
    return unmet.isEmpty() && ready.values().stream().allMatch(Set::isEmpty);
  }
}
