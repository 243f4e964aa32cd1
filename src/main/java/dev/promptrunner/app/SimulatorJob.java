package dev.promptrunner.app;

import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.simulator.Faults;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the simulator as a server of its own, until the process ends. */
public final class SimulatorJob {
  private SimulatorJob() {}

  /**
   * What a test bench may ask for.
   *
   * @param faults in the simulator's words, such as {@code oom@3}; empty for none
   * @param journal append-only file of the prompts it started and finished
   */
  public record Bench(String faults, Optional<Path> journal) {}

  /** Serves until the process is ended. */
  public static void serve(Settings settings, int port, Bench bench, Consumer<String> ready)
      throws Stop, InterruptedException {
    List<Problem> problems = Faults.problems(bench.faults());
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.CONFIGURATION, problems);
    }
    Path folder = settings.run().output().toAbsolutePath().resolve(".simulator");
    SimulatorSettings simulator =
        SimulatorSettings.under(folder)
            .withAddress("127.0.0.1", port)
            .withTimes(settings.simulator().step(), settings.simulator().load())
            .withFaults(Faults.parse(bench.faults()), SimulatorSettings.Crash.PROCESS);
    if (bench.journal().isPresent()) {
      simulator = simulator.withJournal(bench.journal().get());
    }
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
}
