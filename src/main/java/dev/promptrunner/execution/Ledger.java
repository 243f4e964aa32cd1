package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Product;
import dev.promptrunner.plan.Role;
import dev.promptrunner.plan.Task;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.DeliveryRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.store.WorkState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every change of status goes through here: it is stored, then announced (design rule 7). Used by
 * the run's owner alone.
 */
final class Ledger {
  /** Steps are hints; the store keeps one of them in this time per job, for {@code status}. */
  private static final Duration STORED_PROGRESS = Duration.ofSeconds(2);

  private final RunId run;
  private final Store store;
  private final RunListener listener;
  private final InstantSource clock;
  private final Map<JobId, Instant> progressStored = new HashMap<>();
  private final Map<String, Instant> downSince = new HashMap<>();

  Ledger(RunId run, Store store, RunListener listener, InstantSource clock) {
    this.run = run;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  void workStarted(Work work, Survey survey) {
    store.rememberWork(WorkRow.open(work.key(), work.name(), work.promptFile(), work.frames()));
    survey.reasons().forEach(store::explain);
    int reused = work.jobs().size() - survey.missing().size();
    announce(new RunEvent.WorkStarted(now(), work.id(), work.frames(), work.jobs().size(), reused));
  }

  /** What an earlier run finished is told again, so that listeners know this run's whole result. */
  void announceProven(Work work, Set<JobId> missing) {
    for (Job job : work.jobs()) {
      Optional<Product> last = job.product(Role.FINAL);
      if (last.isPresent() && !missing.contains(job.id())) {
        announce(
            new RunEvent.VideoReady(now(), work.id(), last.get().path(), work.finalFrames(), true));
      }
      if (job.task() instanceof Task.Deliver && !missing.contains(job.id())) {
        store
            .delivery(work.key())
            .ifPresent(
                row ->
                    announce(
                        new RunEvent.Delivered(now(), work.id(), row.uri(), row.bytes(), true)));
      }
    }
  }

  void jobStarted(Assignment assignment) {
    announce(
        new RunEvent.JobStarted(
            assignment.startedAt(),
            assignment.job().id(),
            assignment.job().kind().name(),
            assignment.attempt().resource(),
            assignment.attempt().number(),
            assignment.maybeSent()));
  }

  void progress(JobId job, String label, long step, long steps) {
    RunEvent event = new RunEvent.JobProgress(now(), job, label, step, steps);
    Instant last = progressStored.getOrDefault(job, Instant.MIN);
    if (!event.at().isBefore(last.plus(STORED_PROGRESS))) {
      progressStored.put(job, event.at());
      store.append(run, event);
    }
    listener.on(event);
  }

  void jobDone(Assignment assignment, Made made) {
    Duration took = Duration.between(assignment.startedAt(), now());
    Job job = assignment.job();
    int frames =
        switch (made) {
          case Made.Files files -> {
            store.completeJob(assignment.attempt(), files.artifacts(), took);
            yield files.frames();
          }
          case Made.Archived archived -> {
            archived(assignment, archived.receipt(), took);
            yield 0;
          }
        };
    progressStored.remove(job.id());
    announce(new RunEvent.JobDone(now(), job.id(), job.kind().name(), took, frames));
    job.product(Role.COMBINED)
        .ifPresent(combined -> videoReady(assignment.work(), job, combined.path(), frames));
  }

  private void videoReady(Work work, Job job, String combined, int frames) {
    Optional<String> last = job.product(Role.FINAL).map(product -> product.path());
    announce(
        new RunEvent.VideoReady(now(), work.id(), last.orElse(combined), frames, last.isPresent()));
  }

  private void archived(Assignment assignment, Deliverer.Receipt receipt, Duration took) {
    Work work = assignment.work();
    store.recordDelivery(
        new DeliveryRow(work.key(), receipt.uri(), receipt.bytes(), receipt.checksum(), now()));
    store.completeJob(assignment.attempt(), java.util.List.of(), took);
    announce(
        new RunEvent.Delivered(
            now(), work.id(), receipt.uri(), receipt.bytes(), receipt.already()));
  }

  /** An attempt that the policy gives another try. */
  void attemptFailed(Assignment assignment, Failure failure, Measure next) {
    store.failAttempt(assignment.attempt(), failure, false);
    announceFailure(assignment, failure, advice(failure, next), true);
  }

  /** The server is gone; the attempt stays open, to be looked for when the server is back. */
  void attemptLeft(Assignment assignment, Failure failure, Measure next) {
    announceFailure(assignment, failure, advice(failure, next), true);
  }

  void jobFailed(Assignment assignment, Failure failure) {
    store.failAttempt(assignment.attempt(), failure, true);
    announceFailure(assignment, failure, failure.remedy(), false);
  }

  /** What is done by itself comes first: so the steps of a ladder can be read. */
  private static String advice(Failure failure, Measure next) {
    return "%s; if it fails again: %s".formatted(next.words(), failure.remedy());
  }

  private void announceFailure(
      Assignment assignment, Failure failure, String advice, boolean willRetry) {
    progressStored.remove(assignment.job().id());
    announce(
        new RunEvent.JobFailed(
            now(),
            assignment.job().id(),
            failure.kind(),
            failure.attempted() + ": " + failure.found(),
            advice,
            willRetry));
  }

  void workDone(Work work, Duration took) {
    store.finishWork(work.key(), WorkState.DONE, Optional.empty());
    announce(new RunEvent.WorkDone(now(), work.id(), work.finalPath(), took));
  }

  void workFailed(Work work, Failure failure) {
    store.finishWork(work.key(), WorkState.FAILED, Optional.of(failure.sentence()));
    announce(
        new RunEvent.WorkFailed(
            now(), work.id(), failure.attempted() + ": " + failure.found(), failure.remedy()));
  }

  /** The rest of a work is laid out anew: so will every later run, from what is stored here. */
  void replanned(WorkTrack.Relay relay, Survey survey) {
    VideoWork work = relay.work();
    store.layOut(work.key(), work.layout().toString());
    survey.reasons().forEach(store::explain);
    announce(
        new RunEvent.Replanned(
            now(), work.id(), relay.framesPerChunk(), work.jobs().size(), relay.reason()));
  }

  void serverDown(Renderer server, String found, String action) {
    downSince.putIfAbsent(server.name(), now());
    announce(new RunEvent.ServerDown(now(), server.name(), found, action));
  }

  /** Whether the last that was told of it is that it went. */
  boolean isDown(Renderer server) {
    return downSince.containsKey(server.name());
  }

  void serverUp(Renderer server, String how) {
    Instant since = downSince.remove(server.name());
    Duration took = since == null ? Duration.ZERO : Duration.between(since, now());
    announce(new RunEvent.ServerUp(now(), server.name(), how, took));
  }

  void paused(String reason, String remedy) {
    announce(new RunEvent.Paused(now(), reason, remedy));
  }

  void resumed(String reason) {
    announce(new RunEvent.Resumed(now(), reason));
  }

  void warn(String subject, String message) {
    announce(new RunEvent.Warning(now(), subject, message));
  }

  void tell(RunEvent event) {
    announce(event);
  }

  private void announce(RunEvent event) {
    store.append(run, event);
    listener.on(event);
  }
}
