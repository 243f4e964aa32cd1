package dev.promptrunner.app;

import dev.promptrunner.app.doctor.Doctor;
import dev.promptrunner.app.doctor.Machine;
import dev.promptrunner.app.doctor.Report;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.ServersConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.RetryLimits;
import dev.promptrunner.execution.Placement;
import dev.promptrunner.pod.PodDetector;
import dev.promptrunner.pod.PodSettings;
import dev.promptrunner.pod.SystemProcessRunner;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Looks at what a run with the same settings would use. What it writes to try things it removes;
 * only the folder of a {@code file://} destination is made, as a run would.
 */
public final class DoctorJob {
  private static final URI GOOGLE = URI.create("https://storage.googleapis.com");
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]", "0.0.0.0");

  /** Whoever looks does not wait as long as a run. */
  private static final ComfySettings.Timeouts TIMEOUTS =
      new ComfySettings.Timeouts(
          Duration.ofSeconds(3),
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5));

  private static final int ATTEMPTS = 2;
  private static final Duration POD = Duration.ofSeconds(6);
  private static final RetryLimits STORE =
      new RetryLimits(Duration.ofSeconds(10), Duration.ofMillis(500), 1);

  private final Parts parts;
  private final Doctor doctor;

  public DoctorJob(Parts parts) {
    this.parts = parts;
    Machine machine =
        new Machine(
            Path.of("/"),
            new SystemProcessRunner(),
            parts.environment(),
            Runtime.getRuntime().availableProcessors());
    this.doctor = new Doctor(machine, parts.clock(), parts.sleeper());
  }

  /** Everything that can be looked at when the settings themselves are wrong. */
  public Report look(List<Problem> problems) throws InterruptedException {
    return doctor.look(problems);
  }

  /**
   * Everything.
   *
   * @throws Stop when the simulator that was asked for cannot start, or an address is none
   */
  public Report look(Settings settings) throws Stop, InterruptedException {
    return switch (settings.run().engine()) {
      case COMFYUI ->
          look(
              settings,
              settings.servers().servers().stream().map(ServersConfig.Server::url).toList());
      case SIMULATOR -> simulated(settings);
    };
  }

  /** A simulator of its own in a folder of its own: a run may be going on in the usual one. */
  private Report simulated(Settings settings) throws Stop, InterruptedException {
    SimulatorSettings wished = SimulatorJob.settings(settings, SimulatorSettings.Crash.SERVER);
    Path folder = Path.of("");
    try {
      folder = simulatorFolder(settings.run().output());
      SimulatorSettings own =
          wished.withFolders(folder.resolve("input"), folder.resolve("output"), folder);
      try (Simulator simulator = Simulator.start(own)) {
        return look(settings, List.of(URI.create(simulator.url())));
      } finally {
        Placement.remove(folder);
      }
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "engine",
              "the simulator cannot start (" + IoReason.of(e) + ")",
              folder.toString(),
              "make the output folder, or the system's temporary folder, writable"));
    }
  }

  /** On the disk of the output folder where that can be written to. */
  private static Path simulatorFolder(Path output) throws IOException {
    Path there = output.toAbsolutePath().normalize();
    while (!Files.isDirectory(there) && there.getParent() != null) {
      there = there.getParent();
    }
    String prefix = ".doctor-";
    return Files.isWritable(there)
        ? Files.createTempDirectory(there, prefix)
        : Files.createTempDirectory(prefix);
  }

  private Report look(Settings settings, List<URI> urls) throws Stop, InterruptedException {
    List<ComfyServer> servers = new ArrayList<>();
    try {
      for (URI url : urls) {
        servers.add(server(url));
      }
      return doctor.look(setup(settings, servers));
    } finally {
      servers.forEach(ComfyServer::close);
    }
  }

  private ComfyServer server(URI url) throws Stop {
    try {
      ComfySettings.Limits limits = ComfySettings.Limits.DEFAULTS;
      ComfySettings quick =
          ComfySettings.of(url)
              .with(TIMEOUTS)
              .with(
                  new ComfySettings.Limits(
                      limits.message(), limits.answer(), limits.file(), ATTEMPTS));
      return new ComfyServer(quick, UUID.randomUUID().toString(), parts.clock(), parts.sleeper());
    } catch (IllegalArgumentException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem("comfyui.url", String.valueOf(e.getMessage()), "", "write http://HOST:PORT"));
    }
  }

  private Doctor.Setup setup(Settings settings, List<ComfyServer> servers) {
    boolean simulated = settings.run().engine() == RunConfig.Engine.SIMULATOR;
    return new Doctor.Setup(
        settings,
        Recipe.read(Home.find(settings.run().recipe())),
        servers,
        !simulated && settings.servers().servers().stream().anyMatch(DoctorJob::isHere),
        pod(settings),
        delivery(settings),
        signedFor(settings));
  }

  private static boolean isHere(ServersConfig.Server server) {
    return HERE.contains(String.valueOf(server.url().getHost()));
  }

  private Doctor.PodFound pod(Settings settings) {
    try {
      return new Doctor.PodFound.Found(
          new PodDetector(new SystemProcessRunner(), parts.clock(), parts.sleeper())
              .detect(parts.environment(), quick(settings.pod())));
    } catch (FailureException e) {
      return new Doctor.PodFound.Failed(e.failure());
    }
  }

  private static PodSettings quick(PodSettings pod) {
    return new PodSettings(
        pod.provider(),
        pod.stopCommand(),
        pod.terminateCommand(),
        pod.undelivered(),
        pod.runpodUrl(),
        pod.vastUrl(),
        pod.timeout().compareTo(POD) < 0 ? pod.timeout() : POD,
        pod.settle(),
        pod.giveUpAfter(),
        pod.dollarsPerHour());
  }

  private static Optional<DeliverySettings> delivery(Settings settings) {
    return settings
        .delivery()
        .uri()
        .map(
            uri ->
                new DeliverySettings(
                    uri, settings.delivery().credentials(), settings.delivery().host(), STORE));
  }

  /** The bucket's clock, else the provider's: at both, logins end by the time. */
  private Optional<URI> signedFor(Settings settings) {
    if (settings.delivery().uri().filter(uri -> uri.startsWith("gs:")).isPresent()) {
      return Optional.of(settings.delivery().host().orElse(GOOGLE));
    }
    if (parts.environment().containsKey("RUNPOD_POD_ID")) {
      return Optional.of(settings.pod().runpodUrl());
    }
    return parts.environment().containsKey("CONTAINER_API_KEY")
        ? Optional.of(settings.pod().vastUrl())
        : Optional.empty();
  }
}
