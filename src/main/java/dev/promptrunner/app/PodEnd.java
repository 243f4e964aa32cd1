package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.pod.Evidence;
import dev.promptrunner.pod.PodStopper;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Ends the pod when the run is over. The trying has no end of its own: a signal ends it. Safe for
 * use by any thread.
 */
final class PodEnd {
  /** The run did what it could, and yet something costs money until a person acts. */
  private static final int NOT_CONFIRMED = 1;

  private Optional<Thread> trying = Optional.empty();
  private OptionalInt code = OptionalInt.empty();
  private boolean signalled;

  /**
   * Ends the pod if the evidence allows it.
   *
   * @param ownCode the run's exit code so far
   * @param unsure told when a signal came first
   * @throws InterruptedException when the thread was interrupted, and not by {@link #giveUp}
   */
  void end(PodStopper stopper, Evidence evidence, int ownCode, Runnable unsure)
      throws FailureException, InterruptedException {
    begin(ownCode);
    try {
      stopper.endAfter(evidence);
      over(ownCode);
    } catch (InterruptedException e) {
      if (!isSignalled()) {
        throw e;
      }
      unsure.run();
    }
  }

  private synchronized void begin(int ownCode) {
    trying = Optional.of(Thread.currentThread());
    code = OptionalInt.of(ownCode == 0 ? NOT_CONFIRMED : ownCode);
  }

  private synchronized void over(int ownCode) {
    trying = Optional.empty();
    code = OptionalInt.of(ownCode);
  }

  /** A signal came. Does nothing while no pod is being ended. */
  synchronized void giveUp() {
    signalled = true;
    trying.ifPresent(Thread::interrupt);
  }

  /** Whether a signal came: the run was cancelled, or the pod is not ended any longer. */
  synchronized boolean isSignalled() {
    return signalled;
  }

  /** How the process ends on a signal; empty before the run was over. */
  synchronized OptionalInt code() {
    return code;
  }
}
