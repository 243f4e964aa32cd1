package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.Work;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the run's owner is told by other threads. */
sealed interface Message {
  record Added(Work work) implements Message {}

  record NoMore() implements Message {}

  record Done(Assignment assignment, Made made) implements Message {}

  record Failed(Assignment assignment, Failure failure) implements Message {}

  /** Interrupted by the run's own end. */
  record Left(Assignment assignment) implements Message {}

  /**
   * A job went on.
   *
   * @param newest to be taken by the owner; later steps replace it until then
   */
  record Stepped(Assignment assignment, AtomicReference<@Nullable Step> newest)
      implements Message {}

  record Step(String label, long step, long steps) {}

  /**
   * The pause before another try is over.
   *
   * @param work as it was when the job failed
   */
  record RetryDue(Ranked ranked, Work work) implements Message {}

  /** It is on its way up. */
  record Restarting(Renderer server, String why) implements Message {}

  /** It could not be started anew, because it is someone else's to start. */
  record KeptRunning(Renderer server) implements Message {}

  /**
   * It takes jobs again.
   *
   * @param how {@code came back} or {@code restarted}
   */
  record ServerBack(Renderer server, String how) implements Message {}

  /** It was out for long enough. */
  record Probation(Renderer server) implements Message {}

  /** The disk may have room by now. */
  record LookAtDisk() implements Message {}

  record ServerGone(Renderer server, Failure failure) implements Message {}

  /** Somebody else has news for the run's listeners. */
  record Told(RunEvent event) implements Message {}

  /**
   * Time or money is used up.
   *
   * @param leaveDeliveries whether what runs on this machine is left too
   */
  record WindDown(boolean leaveDeliveries) implements Message {}

  /** Begin no further server job; finish those that run, and end so. */
  record StopRemaining(Outcome.End end) implements Message {}

  record Cancel() implements Message {}

  record GraceOver() implements Message {}
}
