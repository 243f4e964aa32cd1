package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.JobId;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Plan.Ranked;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The deliveries that wait for an object store that is away. They get another round when a later
 * delivery has succeeded, and a last one before the run ends. While the store is away a delivery
 * that becomes ready is tried once, to see whether it is back, and what is ready beside it waits
 * untried: no outage costs the pod more than a few tries. Used by the run's owner alone.
 */
final class Undelivered {
  private final Frontier frontier;
  private final Tracks tracks;
  private final Ledger ledger;
  private final Map<JobId, Waiting> waiting = new LinkedHashMap<>();
  private boolean away;
  private boolean last;

  private record Waiting(Ranked ranked, Failure failure) {}

  Undelivered(Frontier frontier, Tracks tracks, Ledger ledger) {
    this.frontier = frontier;
    this.tracks = tracks;
    this.ledger = ledger;
  }

  /** What becomes of a failed try for which the policy has this measure. */
  Measure instead(Measure measure, Assignment assignment, Failure failure) {
    boolean passes = failure instanceof Failure.Store || failure instanceof Failure.Transient;
    if (assignment.job().kind() != JobKind.DELIVER || !passes) {
      return measure;
    }
    if (last) {
      return new Measure.GiveUp();
    }
    return away || measure instanceof Measure.GiveUp ? new Measure.AwaitStore() : measure;
  }

  /** A try failed for good, or until the store is back. */
  void failed(Assignment assignment, Failure failure, Measure measure) {
    if (measure instanceof Measure.AwaitStore) {
      waiting.put(assignment.job().id(), new Waiting(assignment.ranked(), failure));
    }
    if (failure instanceof Failure.Store && (last || measure instanceof Measure.AwaitStore)) {
      holdBack(failure);
    }
  }

  private void holdBack(Failure failure) {
    for (Ranked ranked : frontier.takeAll(JobKind.Resource.UPLOAD)) {
      Failure untried =
          new Failure.Store(
              "delivering " + ranked.job().id().work(),
              "not tried, because " + failure.attempted() + " failed: " + failure.found(),
              failure.remedy());
      waiting.put(ranked.job().id(), new Waiting(ranked, untried));
    }
    if (!away) {
      away = true;
      ledger.warn(
          "delivery",
          "%s: %s; finished videos are kept, and delivered when the store takes one again, or by the next 'run'"
              .formatted(failure.attempted(), failure.found()));
    }
  }

  /** The store has taken something: all that waits for it gets another try. */
  void arrived() {
    away = false;
    last = false;
    putBack();
  }

  /** Whether there is something to try once more before the run ends; then it is ready again. */
  boolean beginsLastRound() {
    if (last || waiting.isEmpty()) {
      return false;
    }
    last = true;
    putBack();
    return true;
  }

  private void putBack() {
    waiting.values().forEach(each -> frontier.putBack(each.ranked()));
    waiting.clear();
  }

  /** The run ends without them: the next one delivers. */
  void giveUp() {
    for (Waiting each : List.copyOf(waiting.values())) {
      WorkTrack track = tracks.of(each.ranked().job().id());
      track.fail(each.ranked().job(), each.failure());
      ledger.workFailed(track.work(), each.failure());
    }
    waiting.clear();
  }
}
