package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits until a started server takes jobs: as long as its process lives, and not longer than it was
 * given.
 *
 * @param longest from the start until it answers, and again until the trial job has ended
 */
record Readiness(
    ComfyServer client, WorkerProbe probe, Duration longest, InstantSource clock, Sleeper sleeper) {
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
    Thread bound = Thread.ofVirtual().start(this::bound);
    try {
      probe.run();
    } finally {
      bound.interrupt();
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
          throw late("no answer within comfyui.wait (" + longest.toSeconds() + " s)", e);
        }
      }
      sleeper.sleep(LOOK);
    }
  }

  private FailureException late(String found, FailureException cause) {
    return new FailureException(
        new Failure.ServerLost(
            "starting ComfyUI on " + client.address(), found, "see its log; raise comfyui.wait"),
        cause);
  }

  private void bound() {
    try {
      sleeper.sleep(longest);
      client.declareLost("no end within comfyui.wait (" + longest.toSeconds() + " s)");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the trial job has ended in time
    }
  }
}
