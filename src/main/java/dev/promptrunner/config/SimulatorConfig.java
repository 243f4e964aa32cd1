package dev.promptrunner.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How slow the simulator is, and where it listens.
 *
 * @param step of one sampling step
 * @param load of one expert
 * @param port 0 … 65535; 0 takes a free one
 * @param faults in the simulator's own words; empty for none
 * @param journal of prompts started and ended
 */
public record SimulatorConfig(
    Duration step, Duration load, int port, Optional<String> faults, Optional<Path> journal) {
  static SimulatorConfig of(Resolved settings) {
    return new SimulatorConfig(
        settings.get(Keys.SIMULATOR_STEP),
        settings.get(Keys.SIMULATOR_LOAD),
        settings.get(Keys.SIMULATOR_PORT),
        settings.get(Keys.SIMULATOR_FAULTS),
        settings.get(Keys.SIMULATOR_JOURNAL));
  }
}
