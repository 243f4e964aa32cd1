package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.plan.Work;
import java.time.Duration;
import java.util.Optional;

/** Does about failed jobs what the policy says. Used by the run's owner alone. */
final class Recovery {
  private final RetryPolicy policy;
  private final int leastFrames;
  private final ServerCare care;
  private final Tracks tracks;
  private final Frontier frontier;
  private final Attempts attempts;
  private final Ledger ledger;
  private final Hands hands;
  private final Undelivered undelivered;
  private int paused;

  /**
   * @param leastFrames of a chunk that lacked memory; 0 when chunks stay as they are
   */
  Recovery(
      RetryPolicy policy,
      int leastFrames,
      ServerCare care,
      Tracks tracks,
      Frontier frontier,
      Attempts attempts,
      Ledger ledger,
      Hands hands,
      Undelivered undelivered) {
    this.policy = policy;
    this.leastFrames = leastFrames;
    this.care = care;
    this.tracks = tracks;
    this.frontier = frontier;
    this.attempts = attempts;
    this.ledger = ledger;
    this.hands = hands;
    this.undelivered = undelivered;
  }

  /** Whether jobs wait for the end of a pause. */
  boolean anyPaused() {
    return paused > 0;
  }

  void failed(Assignment assignment, Failure failure) {
    WorkTrack track = free(assignment, failure);
    Measure measure = undelivered.instead(measure(track, assignment, failure), assignment, failure);
    apply(measure, assignment, track, failure);
    undelivered.failed(assignment, failure, measure);
  }

  /** The disk was full for everyone: that is no failed try, however often it comes. */
  void lackedRoom(Assignment assignment, Failure failure) {
    WorkTrack track = free(assignment, failure);
    apply(new Measure.AwaitRoom(), assignment, track, failure);
  }

  private WorkTrack free(Assignment assignment, Failure failure) {
    care.failed(assignment, failure);
    letGo(assignment, failure);
    return tracks.of(assignment.job().id());
  }

  private Measure measure(WorkTrack track, Assignment assignment, Failure failure) {
    Tries tries = track.countFailure(assignment.job().id(), failure);
    if (failure instanceof Failure.Stalled) {
      // A hung server hangs whatever job it gets: the next of them must not wait as long again.
      tries = new Tries(tries.failed(), Math.max(tries.alike(), care.stalls(assignment)));
    }
    Measure measure = policy.next(failure, tries);
    return assignment.server().isPresent() ? measure : here(measure);
  }

  /** A job of this machine has no server that could free or be started anew. */
  private static Measure here(Measure measure) {
    return switch (measure) {
      case Measure.FreeThenAgain(Duration pause) -> new Measure.Again(pause);
      case Measure.RestartThenAgain(Duration pause) -> new Measure.Again(pause);
      case Measure.GiveUp _,
          Measure.Again _,
          Measure.AwaitServer _,
          Measure.AwaitRoom _,
          Measure.AwaitStore _,
          Measure.SmallerChunks _ ->
          measure;
    };
  }

  private void apply(Measure measure, Assignment assignment, WorkTrack track, Failure failure) {
    switch (measure) {
      case Measure.GiveUp() -> giveUp(assignment, track, failure);
      case Measure.Again(Duration pause) -> {
        ledger.attemptFailed(assignment, failure, measure);
        again(assignment, pause);
      }
      case Measure.FreeThenAgain(Duration pause) -> {
        ledger.attemptFailed(assignment, failure, measure);
        assignment.server().ifPresent(hands::freeMemory);
        again(assignment, pause);
      }
      case Measure.RestartThenAgain(Duration pause) -> {
        ledger.attemptFailed(assignment, failure, measure);
        assignment.server().ifPresent(server -> care.restart(server, reason(assignment, failure)));
        again(assignment, pause);
      }
      case Measure.AwaitServer() -> {
        ledger.attemptLeft(assignment, failure, measure);
        attempts.keepOpen(assignment.attempt());
        requeue(assignment.ranked(), assignment.work());
      }
      case Measure.AwaitStore() -> ledger.attemptFailed(assignment, failure, measure);
      case Measure.AwaitRoom() -> {
        ledger.attemptFailed(assignment, failure, measure);
        requeue(assignment.ranked(), assignment.work());
      }
      case Measure.SmallerChunks() -> smallerChunks(measure, assignment, track, failure);
    }
  }

  private static String reason(Assignment assignment, Failure failure) {
    return "%s of %s: %s".formatted(failure.kind(), assignment.job().id(), failure.found());
  }

  private void again(Assignment assignment, Duration pause) {
    paused++;
    hands.after(pause, new Message.RetryDue(assignment.ranked(), assignment.work()));
  }

  void retryDue(Ranked ranked, Work work) {
    paused--;
    requeue(ranked, work);
  }

  private void requeue(Ranked ranked, Work work) {
    WorkTrack track = tracks.of(ranked.job().id());
    // What was laid out anew meanwhile has other jobs.
    if (track.isOpen() && !track.isParting() && track.work() == work) {
      frontier.putBack(ranked);
    }
  }

  private void smallerChunks(
      Measure measure, Assignment assignment, WorkTrack track, Failure failure) {
    if (track.isParting()) {
      ledger.attemptFailed(assignment, failure, measure);
      return;
    }
    Optional<VideoWork> smaller = smaller(assignment.job(), track.work());
    if (smaller.isEmpty()) {
      giveUp(assignment, track, failure);
      return;
    }
    ledger.attemptFailed(assignment, failure, measure);
    frontier.drop(track.work());
    int frames = smaller.get().layout().stretches().getLast().framesPerChunk();
    track.layAnew(new WorkTrack.Relay(smaller.get(), frames, reason(assignment, failure)));
  }

  private Optional<VideoWork> smaller(Job job, Work work) {
    boolean rendered = job.kind().resource() == JobKind.Resource.SERVER;
    return rendered && leastFrames > 0 && work instanceof VideoWork video
        ? video.withSmallerChunks(job.chunk(), leastFrames)
        : Optional.empty();
  }

  private void giveUp(Assignment assignment, WorkTrack track, Failure failure) {
    ledger.jobFailed(assignment, failure);
    if (track.isOpen()) {
      track.fail(assignment.job(), failure);
      frontier.drop(track.work());
      ledger.workFailed(track.work(), failure);
    }
  }

  /**
   * A failed try is never looked at again: what hangs on its server is stopped there before another
   * try queues behind it, and its files go, which would hold the space of everything linked to
   * them.
   */
  private void letGo(Assignment assignment, Failure failure) {
    String promptId = assignment.attempt().promptId();
    switch (failure) {
      // The server is not there to be asked, and may have finished the job.
      case Failure.ServerLost _ -> {}
      case Failure.Stalled _ ->
          assignment.server().ifPresent(server -> hands.cancel(server, promptId));
      case Failure.Rejected _,
          Failure.OutOfMemory _,
          Failure.Transient _,
          Failure.NodeFailed _,
          Failure.BadOutput _,
          Failure.Cancelled _,
          Failure.Disk _,
          Failure.Store _,
          Failure.Pod _,
          Failure.Configuration _ ->
          assignment.server().ifPresent(server -> hands.forget(server, promptId));
    }
  }
}
