package dev.promptrunner.app;

import dev.promptrunner.base.Dollars;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.RunId;
import dev.promptrunner.config.Settings;
import dev.promptrunner.delivery.Manifest;
import dev.promptrunner.delivery.ObjectStore;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Deliverer;
import dev.promptrunner.execution.DiskLimits;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.ExecutionSettings;
import dev.promptrunner.execution.Gate;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.execution.Ports;
import dev.promptrunner.media.FfmpegBuild;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.metrics.Accounts;
import dev.promptrunner.metrics.MachineMemory;
import dev.promptrunner.metrics.Monitor;
import dev.promptrunner.notice.Notices;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.pod.After;
import dev.promptrunner.pod.DeliveryLedger;
import dev.promptrunner.pod.Evidence;
import dev.promptrunner.pod.Pod;
import dev.promptrunner.pod.PodStopper;
import dev.promptrunner.store.RunRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run with all its parts open: from the first event to the end of the pod. One use. */
final class RunSession {
  private static final Logger log = LoggerFactory.getLogger(RunSession.class);

  /** A pod that was asked to stop goes on for longer than this. */
  private static final Duration NOTICES_AT_THE_END = Duration.ofSeconds(5);

  private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(2);

  private final Parts parts;
  private final Settings settings;
  private final Open open;
  private final Path root;
  private final RunId id;
  private final Instant start;
  private final DeliveryLedger books;
  private final Means means;
  private final PodEnd podEnd;
  private final Accounts accounts;
  private final Optional<LimitWatch> limits;
  private final Notices notices;
  private final Monitor monitor;
  private final Audience audience;

  /**
   * What the main job opened, in this order.
   *
   * @param plan the planner's settings
   */
  record Open(
      Store store, Engine engine, OpenDelivery delivery, Recipe recipe, PlanSettings plan) {}

  /**
   * What there is to do.
   *
   * @param problems of the prompt files that are left out
   */
  record Todo(
      List<Path> paths,
      Candidates candidates,
      Candidates.Found found,
      Planned planned,
      List<Problem> problems) {}

  RunSession(
      Parts parts,
      Settings settings,
      MainJob.Front front,
      Open open,
      Path root,
      Means means,
      PodEnd podEnd) {
    this.parts = parts;
    this.settings = settings;
    this.open = open;
    this.root = root;
    this.start = parts.clock().instant();
    this.id = RunId.of(start, ProcessHandle.current().pid());
    this.books = new DeliveryLedger(delivers());
    this.means = means;
    this.podEnd = podEnd;
    this.accounts =
        new Accounts(
            means.start(),
            open.recipe().numbers().frameRate(),
            means.dollarsPerHour().map(BigDecimal::doubleValue),
            open.engine().names());
    this.limits =
        means
            .limits()
            .map(all -> new LimitWatch(parts, all, Expected.of(open.store()), delivers()));
    this.notices = Notices.start(settings.notice(), parts.clock(), parts.sleeper());
    this.monitor = Monitor.start(monitored());
    List<RunListener> listeners = new ArrayList<>();
    listeners.add(books);
    limits.ifPresent(listeners::add);
    listeners.addAll(List.of(accounts, front, notices, monitor));
    this.audience = new Audience(KnownSecrets.of(parts.environment(), settings), listeners);
  }

  /**
   * Runs to the end.
   *
   * @param started told of the engine, so that the run can be cancelled
   */
  MainJob.Ending run(Todo todo, Consumer<Execution> started)
      throws FailureException, InterruptedException, IOException {
    Duration patience = NOTICES_AT_THE_END;
    try {
      MainJob.Ending ending = whole(todo, started);
      if (ending.outcome().end() == Outcome.End.CANCELLED) {
        patience = Duration.ZERO; // seconds are left until the process is killed
      }
      return ending;
    } finally {
      monitor.close();
      notices.close(patience);
    }
  }

  private Monitor.Given monitored() {
    return new Monitor.Given(
        root,
        id,
        settings.metrics().port(),
        settings.metrics().errorRate(),
        settings.metrics().idleShare(),
        settings.run().diskFloor().bytes(),
        () -> OptionalLong.of(usable(root)),
        MachineMemory.here(),
        parts.clock(),
        this::announce);
  }

  private MainJob.Ending whole(Todo todo, Consumer<Execution> started)
      throws FailureException, InterruptedException, IOException {
    PodStopper stopper = stopper();
    open.store()
        .startRun(
            RunRow.started(
                id, open.engine().name(), start, Home.version(), ProcessHandle.current().pid()));
    Execution execution = execution();
    Plan plan = todo.planned().plan();
    announce(
        new RunEvent.RunStarted(
            parts.clock().instant(),
            id,
            open.engine().name(),
            plan.works().size(),
            plan.works().stream().mapToInt(work -> work.jobs().size()).sum()));
    open.engine().tell(this::announce);
    plan.works().forEach(execution::add);
    try (Watch watch = new Watch(parts, settings, execution, todo.candidates(), todo.paths())) {
      watch.start(open.recipe(), open.plan(), open.store(), todo.found(), todo.planned());
      started.accept(execution);
      limits.ifPresent(watching -> watching.start(execution));
      MainJob.Ending ending = ending(execution.run(), todo, watch);
      if (ending.outcome().end() == Outcome.End.LIMIT_REACHED) {
        limits.flatMap(LimitWatch::end).ifPresent(this::announce);
      }
      finish(ending);
      if (ending.outcome().end() == Outcome.End.CANCELLED) {
        open.engine().leaveRunning();
      } else {
        podEnd.end(
            stopper, evidence(ending.outcome().end()), ending.code(), this::warnOfRunningPod);
      }
      return ending;
    } finally {
      limits.ifPresent(LimitWatch::close);
    }
  }

  /** A limit stops the pod whatever is undelivered; what was delivered in time needs no excuse. */
  private Evidence evidence(Outcome.End end) {
    Evidence evidence = books.evidence();
    boolean limited =
        end == Outcome.End.LIMIT_REACHED && !(evidence instanceof Evidence.DeliveryProof);
    return limited
        ? books.limitReached(limits.map(LimitWatch::why).orElse("a limit is reached"))
        : evidence;
  }

  private void warnOfRunningPod() {
    String price =
        means
            .dollarsPerHour()
            .map(dollars -> " (" + Dollars.text(dollars.doubleValue()) + " an hour)")
            .orElse("");
    announce(
        new RunEvent.Warning(
            parts.clock().instant(),
            means.pod().describe(),
            "a signal came before the provider confirmed that it has ended: it may still be running"
                + " and BILLED"
                + price
                + "; see at the provider, or give the same command again"));
  }

  private boolean delivers() {
    return open.delivery().objects().isPresent();
  }

  /** What was wrong at the start of a watch was told then and may have been put right since. */
  private MainJob.Ending ending(Outcome outcome, Todo todo, Watch watch) {
    return settings.run().watch()
        ? new MainJob.Ending(outcome, List.of(), watch.anyLeftOut())
        : new MainJob.Ending(outcome, todo.problems(), !todo.problems().isEmpty());
  }

  private void tell(RunEvent event) {
    audience.on(event);
    accounts.dueAfter(event).ifPresent(this::announce);
  }

  private void announce(RunEvent event) {
    open.store().append(id, event);
    tell(event);
  }

  private Execution execution() throws FailureException, InterruptedException {
    Map<String, String> mark = Map.of("comment", "Prompt Runner, engine " + open.engine().name());
    MediaPorts media =
        new MediaPorts(mark, settings.recovery().checkBlack(), settings.recovery().checkFrozen());
    Ports ports =
        new Ports(
            open.engine().renderers(open.recipe()), media, media, deliverer(), () -> usable(root));
    return new Execution(
        root,
        ports,
        open.store(),
        new Execution.RunContext(
            id,
            this::tell,
            parts.clock(),
            parts.sleeper(),
            limits.<Gate>map(w -> w).orElse(Gate.OPEN)),
        new ExecutionSettings(
            settings.run().retries() + 1,
            FIRST_BACK_OFF,
            settings.run().mediaWorkers(),
            settings.run().uploadWorkers(),
            new DiskLimits(settings.run().diskFloor(), settings.run().diskPatience()),
            settings.run().keep(),
            settings.recovery().leastFrames()),
        open.plan().order());
  }

  private Deliverer deliverer() throws FailureException, InterruptedException {
    Optional<ObjectStore> objects = open.delivery().objects();
    if (objects.isEmpty()) {
      return ArchiveDelivery.none();
    }
    Manifest.Versions versions =
        new Manifest.Versions(
            Home.version(),
            Runtime.version().toString(),
            ffmpeg(),
            Optional.of(open.engine().version()));
    return new ArchiveDelivery(
        objects.get(),
        new ManifestOf(
            open.store(),
            Store.read(root).orElseThrow(),
            open.recipe(),
            open.plan(),
            dev.promptrunner.delivery.Engine.of(open.engine().name()),
            versions));
  }

  private static String ffmpeg() throws FailureException {
    try {
      return FfmpegBuild.current().version();
    } catch (MediaException e) {
      throw new FailureException(e.asFailure(), e);
    }
  }

  private void finish(MainJob.Ending ending) {
    Outcome outcome = ending.outcome();
    int code = ending.code();
    announce(accounts.ofRun(parts.clock().instant()));
    announce(
        new RunEvent.RunFinished(
            parts.clock().instant(),
            id,
            (int) outcome.count(Outcome.State.DONE),
            (int) (outcome.results().size() - outcome.count(Outcome.State.DONE)),
            Duration.between(start, parts.clock().instant()),
            code));
    open.store().finishRun(id, parts.clock().instant(), code);
  }

  private PodStopper stopper() {
    Pod pod = means.pod();
    boolean limited = means.limits().isPresent() && pod.keepsOnStop(root);
    After after = settings.run().after().decided(pod.exists(), delivers() || limited);
    if (after != After.NONE) {
      log.info("{}: {}", pod.describe(), means.probe().words());
      if (!means.probe().able()) {
        tell(
            new RunEvent.Warning(
                parts.clock().instant(),
                pod.describe(),
                "it may not let itself be ended when the run is over: " + means.probe().words()));
      }
    }
    return new PodStopper(
        pod, after, settings.pod().undelivered(), root, this::announce, parts.clock());
  }

  private static long usable(Path root) {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      throw new IllegalStateException("the output folder " + root + " is gone", e);
    }
  }
}
