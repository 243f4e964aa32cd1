package dev.promptrunner.execution;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Need;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.ArtifactRow;
import dev.promptrunner.store.DeliveryRow;
import dev.promptrunner.store.JobRow;
import dev.promptrunner.store.JobState;
import dev.promptrunner.store.Store;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is left to do of a work (design rule 5): from the goal backwards, a job is missing when
 * something missing needs it and its files cannot be proven. What nobody needs any more is done.
 *
 * @param missing the jobs to do
 * @param reasons by job, why it has to run or not: the answer of {@code why}
 */
record Survey(Set<JobId> missing, Map<JobId, String> reasons) {
  Survey {
    missing = Set.copyOf(missing);
    reasons = Map.copyOf(reasons);
  }

  static Survey of(Work work, Evidence evidence, Store store, Deliverer deliverer) {
    return new Surveyor(work, evidence, store, deliverer).survey();
  }

  /** A role that some job, or the user, needs of another job. */
  private record Wanted(Job job, Optional<Role> role) {}

  private record Surveyor(Work work, Evidence evidence, Store store, Deliverer deliverer) {
    Survey survey() {
      Map<JobId, Job> byId = new HashMap<>();
      work.jobs().forEach(job -> byId.put(job.id(), job));
      Set<JobId> missing = new HashSet<>();
      Map<JobId, String> reasons = new HashMap<>();
      work.jobs()
          .forEach(job -> reasons.put(job.id(), "not needed: what was made of it is proven"));
      Deque<Wanted> open = new ArrayDeque<>();
      open.add(goal());
      while (!open.isEmpty()) {
        Wanted wanted = open.remove();
        Optional<String> reason = reasonToRun(wanted);
        if (reason.isEmpty()) {
          reasons.put(wanted.job().id(), "reused: its files are as they were stored");
        }
        if (reason.isEmpty() || !missing.add(wanted.job().id())) {
          continue;
        }
        reasons.put(wanted.job().id(), "to run: " + reason.get());
        for (Need need : wanted.job().needs()) {
          if (need instanceof Need.Made made) {
            Job by = byId.get(made.by());
            if (by == null) {
              throw new IllegalStateException(
                  wanted.job().id() + " needs the unknown " + made.by());
            }
            open.add(new Wanted(by, Optional.of(made.role())));
          }
        }
      }
      return new Survey(missing, reasons);
    }

    private Wanted goal() {
      Job last = work.jobs().getLast();
      return switch (last.task()) {
        case Task.Deliver _ -> new Wanted(last, Optional.empty());
        case Task.Generate _ -> new Wanted(last, Optional.of(Role.RESULT));
        case Task.Render _, Task.CutReference _, Task.Join _ ->
            new Wanted(last, Optional.of(Role.FINAL));
      };
    }

    private Optional<String> reasonToRun(Wanted wanted) {
      return wanted
          .role()
          .map(role -> reasonToRun(wanted.job(), role))
          .orElseGet(this::reasonToDeliver);
    }

    private Optional<String> reasonToDeliver() {
      Optional<DeliveryRow> delivery = store.delivery(work.key());
      if (delivery.isEmpty()) {
        return Optional.of("not delivered yet");
      }
      String uri = deliverer.uri(VideoWork.of(work));
      return delivery.get().uri().equals(uri)
          ? Optional.empty()
          : Optional.of("delivered to %s, wanted at %s".formatted(delivery.get().uri(), uri));
    }

    private Optional<String> reasonToRun(Job job, Role role) {
      Optional<JobRow> row = store.job(job.id());
      if (row.isEmpty() || row.get().state() != JobState.DONE) {
        return Optional.of("not done yet");
      }
      Optional<Digest> now = evidence.fingerprint(work.key(), job);
      if (now.isPresent() && !now.equals(row.get().fingerprint())) {
        return Optional.of("made from other inputs than it has now");
      }
      List<ArtifactRow> artifacts = evidence.allStored(job.id(), role);
      return artifacts.isEmpty()
          ? Optional.of("left no " + role.name().toLowerCase(java.util.Locale.ROOT))
          : artifacts.stream().flatMap(file -> evidence.doubt(file).stream()).findFirst();
    }
  }
}
