package dev.promptrunner.cli;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** A process that never ends by itself and says that it was asked to. */
final class SignalsProcess {
  private SignalsProcess() {}

  public static void main(String[] args) throws InterruptedException {
    Duration budget = Duration.parse(args[0]);
    AtomicLong seconds = new AtomicLong();
    LongSupplier nanos = () -> seconds.addAndGet(1_000_000_000L); // no echoes of one another
    Runnable first = () -> System.out.println("asked to end");
    Runnable gently = () -> System.out.println("asked to finish");
    IntSupplier code = ExitCode.CANCELLED::code;
    try (Signals _ =
        args.length > 1
            ? Signals.hearGently(Sleeper.SYSTEM, nanos, budget, gently, first, code)
            : Signals.hear(Sleeper.SYSTEM, nanos, budget, gently, first, code)) {
      System.out.println("listening");
      new CountDownLatch(1).await();
    }
  }
}
