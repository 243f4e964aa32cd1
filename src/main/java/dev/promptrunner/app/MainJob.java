package dev.promptrunner.app;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.RunId;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.DeliverySettings;
import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.delivery.ObjectStores;
import dev.promptrunner.delivery.RetryLimits;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Deliverer;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.ExecutionSettings;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.execution.Ports;
import dev.promptrunner.media.FfmpegBuild;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.DeliveryLedger;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.PodDetector;
import dev.promptrunner.pod.PodStopper;
import dev.promptrunner.pod.Probe;
import dev.promptrunner.pod.SystemProcessRunner;
import dev.promptrunner.prompt.PromptFiles;
import dev.promptrunner.prompt.PromptFolder;
import dev.promptrunner.store.OutputRootBusyException;
import dev.promptrunner.store.RunRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The main job from prompt files to a stopped pod: opens every part in order, runs, and closes in
 * reverse. One use each; {@link #cancel} may be called from any thread.
 */
public final class MainJob {
  private static final Logger log = LoggerFactory.getLogger(MainJob.class);
  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);

  private final Parts parts;
  private final Settings settings;
  private final Front front;
  private final AtomicReference<@Nullable Execution> execution = new AtomicReference<>();

  /** Who shows the run. */
  public interface Front extends RunListener {
    /** Told once everything is known, before anything is rendered. */
    void planned(Planned planned, List<Problem> problems);
  }

  /**
   * How it ended.
   *
   * @param problems of the prompt files that were left out for their mistakes
   */
  public record Ending(Outcome outcome, List<Problem> problems) {
    public Ending {
      problems = List.copyOf(problems);
    }

    /** 1 also when all that could be run was done, but not all that was asked for. */
    public int code() {
      int code = Endings.code(outcome);
      return code == 0 && !problems.isEmpty() ? 1 : code;
    }
  }

  public MainJob(Parts parts, Settings settings, Front front) {
    this.parts = parts;
    this.settings = settings;
    this.front = front;
  }

  /** Ends the run soon; what is on a server stays there for the next run to adopt. */
  public void cancel() {
    Execution running = execution.get();
    if (running != null) {
      running.cancel();
    }
  }

  /**
   * Runs.
   *
   * @param paths prompt files and folders of them
   * @throws Stop when nothing could be begun, with all that is wrong
   * @throws FailureException when the servers, the object store or the pod refuse
   */
  public Ending run(List<Path> paths) throws Stop, FailureException, InterruptedException {
    Reader reader = new Reader(settings);
    Recipe recipe = reader.recipe();
    PlanSettings plan = reader.planSettings();
    Path root = settings.run().output().toAbsolutePath().normalize();
    Instant start = parts.clock().instant();
    requireSomething(paths);
    try (Store store = open(root);
        Engine engine = Engine.open(parts, settings);
        OpenDelivery delivery = OpenDelivery.of(parts, settings)) {
      engine.awaitReady(settings.servers().startWait());
      requireFitting(engine, recipe);
      Candidates candidates = new Candidates(engine.inputHere());
      Candidates.Found found = candidates.read(paths);
      Planned planned = new Planner(recipe, plan).plan(found.candidates(), store.names());
      List<Problem> problems = new ArrayList<>(found.problems());
      problems.addAll(planned.problems());
      if (planned.plan().works().isEmpty() && !settings.run().watch()) {
        throw new Stop(Stop.Kind.INPUT, problems);
      }
      front.planned(planned, problems);
      Session session = new Session(store, engine, delivery, recipe, plan, root, start);
      return session.run(planned.plan(), candidates, paths, problems);
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION, new Problem("output", IoReason.of(e), root.toString(), REMEDY));
    }
  }

  private static final String REMEDY = "choose an output folder on a disk with room";

  private Store open(Path root) throws Stop {
    try {
      Files.createDirectories(root);
      return Store.open(root, parts.clock(), ProcessHandle.current().pid());
    } catch (OutputRootBusyException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              String.valueOf(e.getMessage()),
              root.toString(),
              "wait or cancel it, or choose another folder"));
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              "the output folder cannot be used (" + IoReason.of(e) + ")",
              root.toString(),
              "make it writable, or choose another one with --output"));
    }
  }

  /** Without a prompt file that can be read nobody waits for a server first. */
  private void requireSomething(List<Path> paths) throws Stop {
    PromptFiles files = PromptFolder.read(paths);
    if (files.good().isEmpty() && !settings.run().watch()) {
      throw new Stop(Stop.Kind.INPUT, files.problems());
    }
  }

  private static void requireFitting(Engine engine, Recipe recipe)
      throws Stop, FailureException, InterruptedException {
    List<Problem> problems = engine.problems(recipe);
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.INPUT, problems);
    }
  }

  /** One run with all its parts open. */
  private final class Session {
    private final Store store;
    private final Engine engine;
    private final OpenDelivery delivery;
    private final Recipe recipe;
    private final PlanSettings planSettings;
    private final Path root;
    private final RunId id;
    private final Instant start;
    private final DeliveryLedger books;

    Session(
        Store store,
        Engine engine,
        OpenDelivery delivery,
        Recipe recipe,
        PlanSettings planSettings,
        Path root,
        Instant start) {
      this.store = store;
      this.engine = engine;
      this.delivery = delivery;
      this.recipe = recipe;
      this.planSettings = planSettings;
      this.root = root;
      this.start = start;
      this.id = RunId.of(start, ProcessHandle.current().pid());
      this.books = new DeliveryLedger(delivery.objects().isPresent());
    }

    Ending run(Plan plan, Candidates candidates, List<Path> paths, List<Problem> problems)
        throws FailureException, InterruptedException, IOException, Stop {
      Plan plan = planned.plan();
      PodStopper stopper = stopper();
      store.startRun(
          RunRow.started(id, engine.name(), start, Home.version(), ProcessHandle.current().pid()));
      Execution running = execution(stopperListener());
      announce(
          new RunEvent.RunStarted(
              parts.clock().instant(),
              id,
              engine.name(),
              plan.works().size(),
              plan.works().stream().mapToInt(work -> work.jobs().size()).sum()));
      plan.works().forEach(running::add);
      try (Watch watch = new Watch(parts, settings, running, candidates, paths)) {
        watch.start(recipe, planSettings, store, found, planned);
        execution.set(running);
        Ending ending = new Ending(running.run(), problems);
        finish(ending);
        endPod(stopper, ending.outcome());
        return ending;
      }
    }

    private RunListener stopperListener() {
      return this::tell;
    }

    private void tell(RunEvent event) {
      books.on(event);
      front.on(event);
    }

    private void announce(RunEvent event) {
      store.append(id, event);
      tell(event);
    }

    private Execution execution(RunListener listener)
        throws FailureException, InterruptedException {
      Map<String, String> mark = Map.of("comment", "Prompt Runner, engine " + engine.name());
      MediaPorts media = new MediaPorts(mark);
      Ports ports =
          new Ports(engine.renderers(recipe), media, media, deliverer(), () -> usable(root));
      return new Execution(
          root,
          ports,
          store,
          new Execution.RunContext(id, listener, parts.clock(), parts.sleeper()),
          new ExecutionSettings(
              settings.run().retries() + 1,
              FIRST_BACK_OFF,
              settings.run().mediaWorkers(),
              settings.run().uploadWorkers(),
              settings.run().diskFloor(),
              settings.run().keep()),
          planSettings.order(),
          parts.random());
    }

    private Deliverer deliverer() throws FailureException, InterruptedException {
      Optional<ObjectStore> objects = delivery.objects();
      if (objects.isEmpty()) {
        return ArchiveDelivery.none();
      }
      Manifest.Versions versions =
          new Manifest.Versions(
              Home.version(),
              Runtime.version().toString(),
              ffmpeg(),
              Optional.of(engine.version()));
      return new ArchiveDelivery(
          objects.get(),
          new ManifestOf(
              store,
              Store.read(root).orElseThrow(),
              recipe,
              planSettings,
              dev.promptrunner.delivery.Engine.of(engine.name()),
              versions));
    }

    private void finish(Ending ending) {
      Outcome outcome = ending.outcome();
      int code = ending.code();
      announce(
          new RunEvent.RunFinished(
              parts.clock().instant(),
              id,
              (int) outcome.count(Outcome.State.DONE),
              (int) (outcome.results().size() - outcome.count(Outcome.State.DONE)),
              Duration.between(start, parts.clock().instant()),
              code));
      store.finishRun(id, parts.clock().instant(), code);
    }

    private PodStopper stopper() throws FailureException, InterruptedException {
      Pod pod =
          new PodDetector(new SystemProcessRunner(), parts.clock(), parts.sleeper())
              .detect(parts.environment(), settings.pod());
      After after = settings.run().after().decided(pod.exists(), delivery.objects().isPresent());
      if (after != After.NONE) {
        Probe probe = pod.canStop();
        log.info("{}: {}", pod.describe(), probe.words());
        if (!probe.able()) {
          front.on(
              new RunEvent.Warning(
                  parts.clock().instant(),
                  pod.describe(),
                  "it may not let itself be ended when the run is over: " + probe.words()));
        }
      }
      return new PodStopper(
          pod, after, settings.pod().undelivered(), root, this::announce, parts.clock());
    }

    private void endPod(PodStopper stopper, Outcome outcome)
        throws FailureException, InterruptedException {
      if (outcome.end() != Outcome.End.CANCELLED) {
        stopper.endAfter(books.evidence());
      }
    }
  }

  private static long usable(Path root) {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw new IllegalStateException("the output folder " + root + " is gone", e);
    }
  }

  /**
   * The object store of a run, known to be reachable and writable before anything is rendered.
   *
   * @param objects empty when nothing is delivered
   */
  private record OpenDelivery(Optional<ObjectStore> objects) implements AutoCloseable {
    static OpenDelivery of(Parts parts, Settings settings) throws Stop, FailureException {
      Optional<String> uri = settings.delivery().uri();
      if (uri.isEmpty()) {
        return new OpenDelivery(Optional.empty());
      }
      DeliverySettings delivery =
          new DeliverySettings(
              uri.get(),
              settings.delivery().credentials(),
              settings.delivery().host(),
              RetryLimits.DEFAULT);
      if (!delivery.problems().isEmpty()) {
        throw new Stop(Stop.Kind.CONFIGURATION, delivery.problems());
      }
      ObjectStore objects;
      try {
        objects = ObjectStores.open(delivery, parts.clock(), parts.sleeper());
      } catch (FailureException e) {
        throw stop(Stop.Kind.CONFIGURATION, e.failure(), uri.get());
      }
      try {
        objects.verifyAccess().ifPresent(problem -> log.warn("{}", problem));
        return new OpenDelivery(Optional.of(objects));
      } catch (FailureException e) {
        objects.close();
        throw stop(Stop.Kind.DELIVERY, e.failure(), uri.get());
      }
    }

    private static Stop stop(Stop.Kind kind, Failure failure, String uri) {
      return new Stop(
          kind,
          new Problem(
              "deliver", failure.attempted() + ": " + failure.found(), uri, failure.remedy()));
    }

    @Override
    public void close() {
      objects.ifPresent(ObjectStore::close);
    }
  }
}
