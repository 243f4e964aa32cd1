package dev.promptrunner.app;

import dev.promptrunner.base.Dollars;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.Evidence;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.PodStopper;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the pod of one run. */
final class PodCare {
  private static final Logger log = LoggerFactory.getLogger(PodCare.class);

  /** When a signal ends the process while the pod is being ended after a crash. */
  private static final int CRASHED = 1;

  private final Means means;
  private final PodEnd end;
  private final Listeners listeners;
  private final InstantSource clock;
  private final After after;
  private final Function<After, PodStopper> stoppers;

  /**
   * Says at once when the pod may not let itself be ended.
   *
   * @param delivers whether the run delivers anywhere
   */
  PodCare(
      Settings settings,
      Means means,
      Path root,
      boolean delivers,
      PodEnd end,
      Listeners listeners,
      InstantSource clock) {
    this.means = means;
    this.end = end;
    this.listeners = listeners;
    this.clock = clock;
    Pod pod = means.pod();
    boolean limited = means.limits().isPresent() && pod.keepsOnStop(root);
    this.after = settings.run().after().decided(pod.exists(), delivers || limited);
    if (after != After.NONE) {
      probed();
    }
    if (means.limits().isPresent() && after != After.NONE && !pod.keepsOnStop(root)) {
      listeners.tell(
          warning(
              ("a stop would wipe %s, so that at the limit a pod with finished videos that are not"
                      + " delivered stays up and is BILLED: choose an output folder that outlives"
                      + " a stop")
                  .formatted(root)));
    }
    this.stoppers =
        how ->
            new PodStopper(
                pod, how, settings.pod().undelivered(), root, listeners::announceInAnyCase, clock);
  }

  private void probed() {
    log.info("{}: {}", means.pod().describe(), means.probe().words());
    if (!means.probe().able()) {
      listeners.tell(
          warning("it may not let itself be ended when the run is over: " + means.probe().words()));
    }
  }

  /**
   * Ends it if the evidence allows that.
   *
   * @param code the run's exit code so far
   */
  void end(Evidence evidence, int code) throws FailureException, InterruptedException {
    end.end(stoppers.apply(after), evidence, code, this::warnThatItMayRun);
  }

  /**
   * The run broke off. Somebody is told, and the pod is ended as after any run that left work
   * undone, but never terminated: what is on its disk may be needed to see what happened.
   *
   * @param crash why; trouble on the way is added to it, never hides it
   */
  void endAfterCrash(Throwable crash) throws InterruptedException {
    try {
      listeners.tell(
          new RunEvent.Warning(
              clock.instant(),
              "run",
              "it broke off: %s; what is finished is kept: see the log, and give the same command again"
                  .formatted(crash.getMessage() == null ? crash.toString() : crash.getMessage())));
    } catch (RuntimeException e) {
      crash.addSuppressed(e);
    }
    if (end.isSignalled()) {
      return;
    }
    try {
      After most = after == After.TERMINATE ? After.STOP : after;
      end.end(
          stoppers.apply(most),
          listeners.evidence(Outcome.End.FINISHED),
          CRASHED,
          this::warnThatItMayRun);
    } catch (FailureException | RuntimeException e) {
      crash.addSuppressed(e);
      log.error("{} could not be ended: {}", means.pod().describe(), e.getMessage(), e);
    }
  }

  private void warnThatItMayRun() {
    String price =
        means
            .dollarsPerHour()
            .map(dollars -> " (" + Dollars.text(dollars.doubleValue()) + " an hour)")
            .orElse("");
    listeners.announceInAnyCase(
        warning(
            "a signal came before the provider confirmed that it has ended: it may still be running"
                + " and BILLED"
                + price
                + "; see at the provider, or give the same command again"));
  }

  private RunEvent.Warning warning(String message) {
    return new RunEvent.Warning(clock.instant(), means.pod().describe(), message);
  }
}
