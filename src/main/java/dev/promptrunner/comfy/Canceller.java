package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Ends one job for certain. An interrupt alone is answered 200 whatever happens: it leaves waiting
 * jobs alone, takes effect only between nodes and steps, and is lost in the last node.
 */
final class Canceller {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Duration grace;

  Canceller(Ledger ledger, InstantSource clock, Sleeper sleeper, Duration grace) {
    this.ledger = ledger;
    this.clock = clock;
    this.sleeper = sleeper;
    this.grace = grace;
  }

  CancelOutcome cancel(String promptId) throws FailureException, InterruptedException {
    Instant deadline = clock.instant().plus(grace);
    Instant nextInterrupt = Instant.MIN;
    ledger.dequeue(promptId);
    while (true) {
      switch (ledger.lookTwice(promptId)) {
        case Place.Finished(HistoryRecord record) -> {
          return CancelOutcome.of(record);
        }
        case Place.Unknown() -> {
          return CancelOutcome.REMOVED;
        }
        case Place.Queued _ -> ledger.dequeue(promptId);
        case Place.Running() -> {
          // only while this very job runs: a late interrupt would hit the next one
          if (clock.instant().isAfter(nextInterrupt)) {
            ledger.interrupt(promptId);
            nextInterrupt = clock.instant().plus(AGAIN);
          }
        }
      }
      if (clock.instant().isAfter(deadline)) {
        throw stuck(promptId);
      }
      sleeper.sleep(PAUSE);
    }
  }

  private FailureException stuck(String promptId) {
    return new FailureException(
        new Failure.Stalled(
            "cancelling job " + promptId,
            "it still runs " + grace.toSeconds() + " s after the interrupt",
            "restart ComfyUI: the node in work does not look for interrupts"));
  }
}
