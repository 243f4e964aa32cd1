package dev.promptrunner.simulator;

import java.nio.file.Path;

/** A simulator in a process of its own, as the command line starts it; prints its address. */
final class CrashingProcess {
  private CrashingProcess() {}

  public static void main(String[] arguments) throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.under(Path.of(arguments[0]))
            .withFaults(Faults.parse(arguments[1]), SimulatorSettings.Crash.PROCESS);
    try (Simulator simulator = Simulator.start(settings)) {
      System.out.println(simulator.url());
      simulator.awaitStop();
    }
  }
}
