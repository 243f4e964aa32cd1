package dev.promptrunner.app;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.base.SteadyClock;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The world that the program runs in, so that tests can give their own.
 *
 * @param environment all variables of the process
 */
public record Parts(
    InstantSource clock, Sleeper sleeper, RandomGenerator random, Map<String, String> environment) {
  public Parts {
    environment = Map.copyOf(environment);
  }

  /** This process. */
  public static Parts system() {
    return new Parts(
        SteadyClock.system(), Sleeper.SYSTEM, RandomGenerator.getDefault(), System.getenv());
  }
}
