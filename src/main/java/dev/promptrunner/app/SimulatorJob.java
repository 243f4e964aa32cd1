package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.config.SimulatorConfig;
import dev.promptrunner.simulator.Faults;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Runs the simulator as a server of its own, until the process ends. */
public final class SimulatorJob {
  private SimulatorJob() {}

  /** Serves until the process is ended. */
  public static void serve(Settings settings, Consumer<String> ready)
      throws Stop, InterruptedException {
    int port = settings.simulator().port();
    SimulatorSettings simulator =
        settings(settings, SimulatorSettings.Crash.PROCESS).withAddress("127.0.0.1", port);
    try (Simulator server = Simulator.start(simulator)) {
      ready.accept(server.url());
      server.awaitStop();
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "--port",
              "the simulator cannot start (" + e.getMessage() + ")",
              Integer.toString(port),
              "choose a free port, or 0 for any"));
    }
  }

  /**
   * The simulator's settings from the program's.
   *
   * @throws Stop when the faults are not in its words
   */
  static SimulatorSettings settings(Settings settings, SimulatorSettings.Crash crash) throws Stop {
    SimulatorConfig wished = settings.simulator();
    String faults = wished.faults().orElse("");
    List<Problem> problems = Faults.problems(faults);
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.CONFIGURATION, problems);
    }
    Path folder = settings.run().output().toAbsolutePath().resolve(".simulator");
    SimulatorSettings simulator =
        SimulatorSettings.under(folder)
            .withTimes(wished.step(), wished.load())
            .withFaults(Faults.parse(faults), crash);
    return wished.journal().map(simulator::withJournal).orElse(simulator);
  }
}
