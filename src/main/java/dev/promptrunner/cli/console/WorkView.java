package dev.promptrunner.cli.console;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the events told of one prompt file. Not thread-safe. */
final class WorkView {
  /** A job that runs; the latest step if it told one. */
  record Running(RunEvent.JobStarted started, Optional<RunEvent.JobProgress> progress) {
    /** How much of the job is done, 0 … 1. */
    double fraction() {
      return progress
          .filter(p -> p.steps() > 0)
          .map(p -> Math.clamp((double) p.step() / p.steps(), 0, 1))
          .orElse(0.0);
    }
  }

  private final String id;
  private final Map<JobId, Running> running = new LinkedHashMap<>();
  private final Set<JobId> finished = new HashSet<>();
  private final Map<String, Integer> doneByKind = new HashMap<>();
  private final Pace pace = new Pace();
  private int jobs;
  private int done;
  private boolean taken;
  private Optional<RunEvent.VideoReady> video = Optional.empty();
  private Optional<RunEvent.Delivered> delivered = Optional.empty();
  private Optional<RunEvent.WorkDone> end = Optional.empty();
  private Optional<RunEvent.WorkFailed> failure = Optional.empty();
  private Optional<RunEvent.JobFailed> deliveryFailure = Optional.empty();

  private Optional<RunEvent.Spent> spent = Optional.empty();

  WorkView(String id) {
    this.id = id;
  }

  void on(RunEvent.WorkStarted e) {
    jobs = e.jobs();
    done = e.reused();
    finished.clear();
    taken = true;
    failure = Optional.empty();
  }

  /** Jobs of the chunks that were made smaller are done over again: those count once. */
  void on(RunEvent.Replanned e) {
    jobs = e.jobs();
  }

  void on(RunEvent.JobStarted e) {
    running.put(e.job(), new Running(e, Optional.empty()));
  }

  void on(RunEvent.JobProgress e) {
    running.computeIfPresent(
        e.job(), (id, before) -> new Running(before.started(), Optional.of(e)));
  }

  void on(RunEvent.JobDone e) {
    running.remove(e.job());
    if (finished.add(e.job())) {
      done = Math.min(done + 1, Math.max(jobs, 1));
    }
    doneByKind.merge(e.kind(), 1, Integer::sum);
    pace.add(e);
  }

  void on(RunEvent.JobFailed e) {
    Running before = running.remove(e.job());
    if (before != null && before.started().kind().equals("DELIVER")) {
      deliveryFailure = Optional.of(e);
    }
  }

  void on(RunEvent.VideoReady e) {
    video = Optional.of(e);
  }

  void on(RunEvent.Delivered e) {
    delivered = Optional.of(e);
  }

  void on(RunEvent.Spent e) {
    spent = Optional.of(e);
  }

  void on(RunEvent.WorkDone e) {
    end = Optional.of(e);
    running.clear();
  }

  void on(RunEvent.WorkFailed e) {
    failure = Optional.of(e);
    running.clear();
  }

  String id() {
    return id;
  }

  int jobs() {
    return jobs;
  }

  int done() {
    return done;
  }

  /** How many of this kind were finished in this run. */
  int done(String kind) {
    return doneByKind.getOrDefault(kind, 0);
  }

  Pace pace() {
    return pace;
  }

  List<Running> running() {
    return List.copyOf(running.values());
  }

  /** The latest playable video. */
  Optional<RunEvent.VideoReady> video() {
    return video;
  }

  Optional<RunEvent.Delivered> delivered() {
    return delivered;
  }

  /** What it cost in this run. */
  Optional<RunEvent.Spent> spent() {
    return spent;
  }

  Optional<RunEvent.WorkDone> end() {
    return end;
  }

  Optional<RunEvent.WorkFailed> failure() {
    return failure;
  }

  /** The last attempt to deliver that failed. */
  Optional<RunEvent.JobFailed> deliveryFailure() {
    return deliveryFailure;
  }

  /** Whether it was taken up and has not ended. */
  boolean atWork() {
    return taken && end.isEmpty() && failure.isEmpty();
  }

  /** How much of the prompt file is done, 0 … 1, counting jobs alike. */
  double fraction() {
    double steps = running.values().stream().mapToDouble(Running::fraction).sum();
    return jobs == 0 ? 0 : Math.clamp((done + steps) / jobs, 0, 1);
  }
}
