package dev.promptrunner.app;

import dev.promptrunner.base.Dollars;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.Evidence;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.PodStopper;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of the pod of one run. */
final class PodCare {
  private static final Logger log = LoggerFactory.getLogger(PodCare.class);

  private final Means means;
  private final PodEnd end;
  private final Listeners listeners;
  private final InstantSource clock;
  private final PodStopper stopper;

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
    After after = settings.run().after().decided(pod.exists(), delivers || limited);
    if (after != After.NONE) {
      probed();
    }
    this.stopper =
        new PodStopper(pod, after, settings.pod().undelivered(), root, listeners::announce, clock);
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
    end.end(stopper, evidence, code, this::warnThatItMayRun);
  }

  private void warnThatItMayRun() {
    String price =
        means
            .dollarsPerHour()
            .map(dollars -> " (" + Dollars.text(dollars.doubleValue()) + " an hour)")
            .orElse("");
    listeners.announce(
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
