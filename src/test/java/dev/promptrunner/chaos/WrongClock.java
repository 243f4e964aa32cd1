package dev.promptrunner.chaos;

import dev.promptrunner.app.Parts;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.base.SteadyClock;
import dev.promptrunner.cli.WholeProgram;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The program on a machine whose clock is wrong by the property {@code chaos.clock} in seconds and
 * jumps by as much again, forwards and backwards, whenever it is looked at.
 */
public final class WrongClock {
  private WrongClock() {}

  public static void main(String[] args) {
    long seconds = Long.getLong("chaos.clock", 0);
    Parts parts =
        new Parts(
            new SteadyClock(jumping(seconds), System::nanoTime),
            Sleeper.SYSTEM,
            RandomGenerator.getDefault(),
            System.getenv());
    System.exit(WholeProgram.execute(parts, System.out, System.err, args));
  }

  private static InstantSource jumping(long seconds) {
    AtomicInteger looks = new AtomicInteger();
    return () -> Instant.now().plusSeconds(looks.getAndIncrement() % 2 == 0 ? seconds : -seconds);
  }
}
