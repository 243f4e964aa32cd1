package dev.promptrunner.cli;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A process that never ends by itself and says that it was asked to. */
final class SignalsProcess {
  private SignalsProcess() {}

  public static void main(String[] args) throws InterruptedException {
    Duration budget = Duration.parse(args[0]);
    AtomicLong seconds = new AtomicLong();
    try (Signals _ =
        Signals.hear(
            Sleeper.SYSTEM,
            () -> seconds.addAndGet(1_000_000_000L), // no signal is an echo of another
            budget,
            () -> System.out.println("asked to end"),
            ExitCode.CANCELLED::code)) {
      System.out.println("listening");
      new CountDownLatch(1).await();
    }
  }
}
