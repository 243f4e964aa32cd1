package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.ServerStats;
import dev.promptrunner.comfy.process.Launch;
import dev.promptrunner.comfy.process.Supervisor;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.ServersConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Renderer;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Recipe;
import dev.promptrunner.workflow.RecipeCheck;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of a run: given ones, or a simulator of its own. Closes what it opened. */
final class Engine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Engine.class);

  /** A start takes about as long on each: more says that something is wrong with it. */
  private static final Duration LAST = Duration.ofMinutes(1);

  private final Parts parts;
  private final Settings settings;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<ComfyServer> servers = new ArrayList<>();
  private final List<Supervisor> supervisors = new ArrayList<>();
  private final List<ServersConfig.Server> places;
  private volatile RunListener listener = _ -> {};
  private @Nullable ReadyServers ready;

  private Engine(Parts parts, Settings settings, List<ServersConfig.Server> places) {
    this.parts = parts;
    this.settings = settings;
    this.places = places;
  }

  /** Starts or finds the servers; nothing has been asked of them yet. */
  static Engine open(Parts parts, Settings settings) throws Stop {
    return switch (settings.run().engine()) {
      case COMFYUI -> new Engine(parts, settings, settings.servers().servers()).connect();
      case SIMULATOR -> simulated(parts, settings);
    };
  }

  private static Engine simulated(Parts parts, Settings settings) throws Stop {
    SimulatorSettings wished = SimulatorJob.settings(settings, SimulatorSettings.Crash.SERVER);
    try {
      Simulator simulator = Simulator.start(wished);
      Engine engine =
          new Engine(
              parts,
              settings,
              List.of(
                  new ServersConfig.Server(
                      URI.create(simulator.url()), EnumSet.allOf(ServersConfig.Pass.class))));
      engine.opened.push(simulator);
      return engine.connect();
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              "the simulator cannot start in it (" + IoReason.of(e) + ")",
              settings.run().output().toString(),
              "make the output folder writable"));
    }
  }

  private Engine connect() throws Stop {
    for (ServersConfig.Server place : places) {
      try {
        ComfyServer server =
            new ComfyServer(comfy(place), clientId(), parts.clock(), parts.sleeper());
        opened.push(server);
        servers.add(server);
      } catch (IllegalArgumentException e) {
        throw new Stop(
            Stop.Kind.CONFIGURATION,
            new Problem(
                "comfyui.url",
                String.valueOf(e.getMessage()),
                place.url().toString(),
                "write http://HOST:PORT"));
      }
    }
    return this;
  }

  private static String clientId() {
    return UUID.randomUUID().toString();
  }

  private ComfySettings comfy(ServersConfig.Server place) {
    Duration stall = settings.servers().stallAfter();
    ComfySettings usual = ComfySettings.of(place.url());
    return usual.with(usual.timeouts().withStall(stall, stall.multipliedBy(BLIND)));
  }

  /** Progress is unseen while the socket is down: then more patience is due. */
  private static final int BLIND = 4;

  String name() {
    return settings.run().engine() == RunConfig.Engine.SIMULATOR ? "simulator" : "comfyui";
  }

  /**
   * Starts the servers that are this program's to start, or finds those that run already.
   *
   * @param first told what happens to them until {@link #tell}
   * @throws Stop when they cannot be started from here
   */
  void supervise(RunListener first) throws Stop {
    if (settings.run().engine() != RunConfig.Engine.COMFYUI || !settings.process().supervised()) {
      return;
    }
    tell(first);
    List<Launch> launches = new Supervision(parts, settings).launches();
    Supervisor.World world =
        new Supervisor.World(parts.clock(), parts.sleeper(), event -> listener.on(event));
    for (int i = 0; i < launches.size(); i++) {
      Supervisor supervisor = Supervisor.begin(launches.get(i), servers.get(i), world);
      supervisors.add(supervisor);
      opened.push(supervisor);
    }
  }

  /** Who is told from now on what happens to the servers. */
  void tell(RunListener next) {
    listener = next;
  }

  /**
   * The run came to a normal end: closing stops what a run has started. Without this the servers
   * outlive it, so that the jobs on them can be adopted.
   */
  void mayStop() {
    supervisors.forEach(Supervisor::mayStop);
  }

  /**
   * Waits for all servers at once, and begins when each sort of job has one that is ready: the last
   * ones are then waited for a minute longer.
   *
   * @param wait for each
   * @throws Stop when those that come are not enough, or are no ComfyUI
   */
  void awaitReady(Duration wait) throws Stop, InterruptedException {
    List<ReadyServers.Expected> expected = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      int server = i;
      expected.add(
          new ReadyServers.Expected(places.get(i).passes(), () -> awaitReady(server, wait)));
    }
    ready = ReadyServers.await(expected, LAST);
    if (!ready.suffice()) {
      requireAll();
    }
  }

  private void awaitReady(int server, Duration wait) throws FailureException, InterruptedException {
    if (!supervisors.isEmpty()) {
      supervisors.get(server).awaitUp();
    }
    ServerStats stats = servers.get(server).awaitReady(wait);
    log.info("{} is ComfyUI {}", servers.get(server).address(), stats.version());
  }

  /**
   * Refuses what {@link #awaitReady} may leave out.
   *
   * @throws Stop when a server has failed to come
   */
  void requireAll() throws Stop {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      failure(i)
          .map(
              failure ->
                  new Problem(
                      "comfyui.url",
                      failure.attempted() + ": " + failure.found(),
                      "",
                      failure.remedy()))
          .ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.SERVER, problems);
    }
  }

  private Optional<Failure> failure(int server) {
    return ready == null ? Optional.empty() : ready.failure(server);
  }

  private boolean isThere(int server) {
    return ready == null || ready.isThere(server);
  }

  /** The servers that a run begins without, as events name them, and why they are not there. */
  Map<String, String> missing() {
    Map<String, String> missing = new LinkedHashMap<>();
    for (int i = 0; i < servers.size(); i++) {
      if (!isThere(i)) {
        String why = failure(i).map(Failure::found).orElse("it is not ready yet");
        missing.put(servers.get(i).address(), why);
      }
    }
    return missing;
  }

  private List<ComfyServer> there() {
    return IntStream.range(0, servers.size()).filter(this::isThere).mapToObj(servers::get).toList();
  }

  /** Whether a simulator is among the servers that are there, whoever started it. */
  boolean isSimulated() throws FailureException, InterruptedException {
    for (ComfyServer server : there()) {
      if (server.stats().version().contains("simulator")) {
        return true;
      }
    }
    return false;
  }

  /** What the first server that is there calls itself; for the manifest. */
  String version() throws FailureException, InterruptedException {
    return there().getFirst().stats().version();
  }

  /** The input folder of a server on this machine. */
  Optional<Path> inputHere() throws FailureException, InterruptedException {
    return there().getFirst().sharedFolders().input();
  }

  /** What each server that is there says of its node classes. */
  List<ObjectInfo> infos() throws FailureException, InterruptedException {
    List<ObjectInfo> infos = new ArrayList<>();
    for (ComfyServer server : there()) {
      infos.add(ObjectInfo.of(server.objectInfo()));
    }
    return infos;
  }

  /**
   * Ends a job that nobody will come back for.
   *
   * @param address of its server, as events name it
   */
  void takeOff(String address, String promptId) throws FailureException, InterruptedException {
    for (ComfyServer server : servers) {
      if (server.address().equals(address)) {
        server.interrupt(promptId);
      }
    }
  }

  /** What of the recipe each server lacks that is there. */
  List<Problem> problems(Recipe recipe) throws FailureException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    for (ObjectInfo info : infos()) {
      problems.addAll(RecipeCheck.online(recipe, info));
    }
    return problems.stream().distinct().toList();
  }

  /** The servers as events name them. */
  List<String> names() {
    return servers.stream().map(ComfyServer::address).toList();
  }

  /**
   * The servers behind the engine's port.
   *
   * @param recipe of the passes; a run of workflows as they are needs none
   */
  List<Renderer> renderers(Optional<Recipe> recipe) {
    supervisors.forEach(Supervisor::use);
    List<Renderer> renderers = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      renderers.add(
          new ComfyRenderer(
              servers.get(i),
              recipe,
              kinds(places.get(i).passes()),
              new ComfyRenderer.Care(
                  settings.servers().startWait(),
                  supervisors.isEmpty() ? Optional.empty() : Optional.of(supervisors.get(i)),
                  settings.process().freeBetween())));
    }
    return renderers;
  }

  /** A workflow as it is belongs to no pass: whoever is there takes it. */
  private static Set<JobKind> kinds(Set<ServersConfig.Pass> passes) {
    EnumSet<JobKind> kinds = EnumSet.of(JobKind.GENERATE);
    for (ServersConfig.Pass pass : passes) {
      switch (pass) {
        case HIGH -> kinds.add(JobKind.HIGH);
        case LOW -> kinds.add(JobKind.LOW);
        case COMBINE -> {
          kinds.add(JobKind.COMBINE);
          kinds.add(JobKind.ENHANCE);
        }
      }
    }
    return kinds;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        log.warn("closing a server connection: {}", e.toString());
      }
    }
  }
}
