package dev.promptrunner.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How one simulator behaves.
 *
 * @param host the address to listen on; a loopback address, unless others shall reach it
 * @param port 0 takes any free one
 * @param inputDirectory where uploads go and control videos are looked for; made when absent
 * @param outputDirectory where videos, images and relative latent folders go; made when absent
 * @param tempDirectory its sub-folder {@code temp} is emptied at every start, as ComfyUI does
 * @param perStep what one sampler step takes
 * @param perSwap what loading another model takes
 * @param faults what goes wrong, and when
 * @param version what {@code /system_stats} reports; it must say that this is a simulator
 * @param journal append-only file of prompts started and finished, shared by successive servers
 * @param objectInfo a file in the form of {@code /object_info}; its classes replace or join ours
 * @param onCrash what the fault {@code crash} does
 */
public record SimulatorSettings(
    String host,
    int port,
    Path inputDirectory,
    Path outputDirectory,
    Path tempDirectory,
    Duration perStep,
    Duration perSwap,
    Faults faults,
    String version,
    Optional<Path> journal,
    Optional<Path> objectInfo,
    Crash onCrash) {
  /** The version of ComfyUI whose behaviour is simulated, marked as what it is. */
  public static final String VERSION = "0.3.64+prompt-runner-simulator";

  /** What a scripted crash ends. */
  public enum Crash {
    /** This server only: every connection is cut, everything it knew is forgotten. */
    SERVER,
    /** The whole process, with exit code 137, as the kernel would. */
    PROCESS
  }

  public SimulatorSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port (0 to 65535): " + port);
    }
    if (perStep.isNegative() || perSwap.isNegative()) {
      throw new IllegalArgumentException(
          "a negative time: per step " + perStep + ", per swap " + perSwap);
    }
    if (!version.contains("simulator")) {
      throw new IllegalArgumentException(
          "the version must name the simulator, found '" + version + "'");
    }
  }

  /** Quick steps, no faults, any port of the loopback address, all folders below the given one. */
  public static SimulatorSettings under(Path root) {
    return new SimulatorSettings(
        "127.0.0.1",
        0,
        root.resolve("input"),
        root.resolve("output"),
        root,
        Duration.ofMillis(1),
        Duration.ZERO,
        Faults.NONE,
        VERSION,
        Optional.empty(),
        Optional.empty(),
        Crash.SERVER);
  }

  public SimulatorSettings withAddress(String newHost, int newPort) {
    return new SimulatorSettings(
        newHost,
        newPort,
        inputDirectory,
        outputDirectory,
        tempDirectory,
        perStep,
        perSwap,
        faults,
        version,
        journal,
        objectInfo,
        onCrash);
  }

  public SimulatorSettings withFolders(Path input, Path output, Path temp) {
    return new SimulatorSettings(
        host,
        port,
        input,
        output,
        temp,
        perStep,
        perSwap,
        faults,
        version,
        journal,
        objectInfo,
        onCrash);
  }

  public SimulatorSettings withTimes(Duration step, Duration swap) {
    return new SimulatorSettings(
        host,
        port,
        inputDirectory,
        outputDirectory,
        tempDirectory,
        step,
        swap,
        faults,
        version,
        journal,
        objectInfo,
        onCrash);
  }

  public SimulatorSettings withFaults(Faults newFaults, Crash crash) {
    return new SimulatorSettings(
        host,
        port,
        inputDirectory,
        outputDirectory,
        tempDirectory,
        perStep,
        perSwap,
        newFaults,
        version,
        journal,
        objectInfo,
        crash);
  }

  public SimulatorSettings withJournal(Path file) {
    return new SimulatorSettings(
        host,
        port,
        inputDirectory,
        outputDirectory,
        tempDirectory,
        perStep,
        perSwap,
        faults,
        version,
        Optional.of(file),
        objectInfo,
        onCrash);
  }

  public SimulatorSettings withObjectInfo(Path file) {
    return new SimulatorSettings(
        host,
        port,
        inputDirectory,
        outputDirectory,
        tempDirectory,
        perStep,
        perSwap,
        faults,
        version,
        journal,
        Optional.of(file),
        onCrash);
  }
}
