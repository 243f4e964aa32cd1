package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.QueueState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a started server takes jobs: as long as its process lives, and not longer than it was
 * given.
 *
 * @param longest from the start until it answers, and again until the trial job has ended
 */
record Readiness(ComfyServer client, Duration longest, InstantSource clock, Sleeper sleeper) {
  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final Duration LOOK = Duration.ofMillis(250);

  /**
   * Returns when a job has run on it.
   *
   * @throws FailureException ServerLost when the process ended or the time was over, or what came
   *     of the trial job
   */
  void await(ServerProcess process) throws FailureException, InterruptedException {
    answer(process);
    client.startedAnew();
    if (canBeProven()) {
      trial();
    }
  }

  /** Behind other jobs a trial would have to wait. */
  private boolean canBeProven() throws FailureException, InterruptedException {
    QueueState queue = client.queue();
    if (!queue.running().isEmpty() || !queue.pending().isEmpty()) {
      log.info("{} has jobs: it is not probed", client.address());
      return false;
    }
    for (String each : WorkerProbe.CLASSES) {
      if (client.objectInfo(each).isEmpty()) {
        log.warn(
            "{} has no node class {}: that its worker lives cannot be proven",
            client.address(),
            each);
        return false;
      }
    }
    return true;
  }

  private void trial() throws FailureException, InterruptedException {
    switch (new WorkerProbe(client).prove(longest)) {
      case WorkerProbe.Proof.Done(Duration took) ->
          log.debug("{} did a trial job in {}", client.address(), took);
      case WorkerProbe.Proof.Refused(Failure failure) -> throw new FailureException(failure);
      case WorkerProbe.Proof.Late _ ->
          throw new FailureException(lost("no end of a trial job within " + limit()));
    }
  }

  private void answer(ServerProcess process) throws FailureException, InterruptedException {
    Instant deadline = clock.instant().plus(longest);
    while (true) {
      try {
        client.awaitReady(Duration.ZERO);
        return;
      } catch (FailureException e) {
        boolean mayCome =
            e.failure() instanceof Failure.ServerLost || e.failure() instanceof Failure.Transient;
        if (!mayCome) {
          throw e;
        }
        if (!process.isAlive()) {
          throw late("its process ended before it answered", e);
        }
        if (clock.instant().isAfter(deadline)) {
          throw late("no answer within " + limit(), e);
        }
      }
      sleeper.sleep(LOOK);
    }
  }

  private FailureException late(String found, FailureException cause) {
    return new FailureException(lost(found), cause);
  }

  private Failure lost(String found) {
    return new Failure.ServerLost(
        "starting ComfyUI on " + client.address(), found, "see its log; raise comfyui.wait");
  }

  private String limit() {
    return "comfyui.wait (" + longest.toSeconds() + " s)";
  }
}
