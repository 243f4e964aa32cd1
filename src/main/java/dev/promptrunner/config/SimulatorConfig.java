package dev.promptrunner.config;

import java.time.Duration;

/**
 * How slow the simulator is, and where it listens.
 *
 * @param step of one sampling step
 * @param load of one expert
 * @param port 0 … 65535; 0 takes a free one
 */
public record SimulatorConfig(Duration step, Duration load, int port) {
  static SimulatorConfig of(Resolved settings) {
    return new SimulatorConfig(
        settings.get(Keys.SIMULATOR_STEP),
        settings.get(Keys.SIMULATOR_LOAD),
        settings.get(Keys.SIMULATOR_PORT));
  }
}
