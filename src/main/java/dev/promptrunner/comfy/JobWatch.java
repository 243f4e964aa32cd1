package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When to give a job up: no progress for too long, or a server that is gone. Pure of clocks: told
 * the time. Used by one thread.
 */
final class JobWatch {
  private final String attempted;
  private final ComfySettings.Timeouts timeouts;
  private final Patience patience;
  private Instant lastProgress;
  private Instant lastAnswer;
  private Duration longestSilence = Duration.ZERO;
  private boolean doubted;
  private Optional<Instant> refusedSince = Optional.empty();

  /**
   * How long a job may be silent, by what earlier ones of its kind needed.
   *
   * @param reporting while the socket tells of its progress
   * @param blind while only its end can be seen
   */
  record Patience(Duration reporting, Duration blind) {}

  JobWatch(String promptId, ComfySettings.Timeouts timeouts, Patience patience, Instant now) {
    this.attempted = "following job " + promptId;
    this.timeouts = timeouts;
    this.patience = patience;
    this.lastProgress = now;
    this.lastAnswer = now;
  }

  void progress(Instant now) {
    longestSilence = longestSilence(now);
    lastProgress = now;
    doubted = false;
  }

  /** The longest time between two signs of progress so far. */
  Duration longestSilence(Instant now) {
    Duration silence = Duration.between(lastProgress, now);
    return silence.compareTo(longestSilence) > 0 ? silence : longestSilence;
  }

  void answered(Instant now) {
    lastAnswer = now;
    refusedSince = Optional.empty();
  }

  /**
   * A question failed. Slowness is not death: only refused connections for a while, or no answer to
   * anything for a long time, end the job. What cannot pass is thrown at once.
   */
  void unanswered(Instant now, FailureException e) throws FailureException {
    switch (e.failure()) {
      case Failure.ServerLost refused -> {
        refusedSince = refusedSince.or(() -> Optional.of(now));
        if (now.isAfter(refusedSince.get().plus(timeouts.refused()))) {
          throw gone("it refuses connections: " + refused.found(), e);
        }
      }
      case Failure.Transient slow -> {
        refusedSince = Optional.empty();
        if (now.isAfter(lastAnswer.plus(timeouts.silent()))) {
          throw gone("no answer for " + timeouts.silent() + ": " + slow.found(), e);
        }
      }
      case Failure.Rejected _,
          Failure.OutOfMemory _,
          Failure.NodeFailed _,
          Failure.Stalled _,
          Failure.BadOutput _,
          Failure.Cancelled _,
          Failure.Disk _,
          Failure.Store _,
          Failure.Pod _,
          Failure.Configuration _ ->
          throw e;
    }
  }

  /**
   * Ends the wait for a job that stands still.
   *
   * @param reporting whether the socket reports on the job; without it nothing is seen of a long
   *     job's progress, so more time is given
   * @return whether half of the time is over, once for each silence: time to doubt the socket
   */
  boolean check(Instant now, boolean reporting) throws FailureException {
    Duration limit = reporting ? patience.reporting() : patience.blind();
    if (now.isAfter(lastProgress.plus(limit))) {
      throw new FailureException(
          new Failure.Stalled(
              attempted,
              "no progress for " + shown(limit) + ", and it is not finished",
              "restart ComfyUI: a node hangs, or the thread that runs jobs has died"));
    }
    boolean half = reporting && !doubted && now.isAfter(lastProgress.plus(limit.dividedBy(2)));
    doubted = doubted || half;
    return half;
  }

  /** The server answers, but has never heard of the job. */
  FailureException lost() {
    return new FailureException(
        new Failure.ServerLost(
            attempted,
            "the job is neither in the server's queue nor in its history, read twice",
            "the server was restarted or its queue cleared: send the job again"));
  }

  /** Whoever watches the server's process saw its end. */
  FailureException lost(String found) {
    return new FailureException(
        new Failure.ServerLost(
            attempted, found, "the job is looked for when the server is back, or sent again"));
  }

  private FailureException gone(String found, FailureException cause) {
    return new FailureException(
        new Failure.ServerLost(
            attempted, found, "start ComfyUI again: its queue is lost, the job must be sent again"),
        cause);
  }

  private static String shown(Duration limit) {
    return limit.toMinutes() >= 2 ? limit.toMinutes() + " min" : limit.toMillis() / 1000.0 + " s";
  }
}
