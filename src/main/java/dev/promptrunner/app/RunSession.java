package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.RunId;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.store.RunRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** One run with all its parts open: from the first event to the end of the pod. One use. */
final class RunSession {
  /** A pod that was asked to stop goes on for longer than this. */
  private static final Duration NOTICES_AT_THE_END = Duration.ofSeconds(5);

  private final Parts parts;
  private final Settings settings;
  private final Open open;
  private final Path root;
  private final RunId id;
  private final Instant start;
  private final Listeners listeners;
  private final PodCare pod;

  /**
   * What the main job opened, in this order.
   *
   * @param plan the planner's settings
   */
  record Open(Store store, Engine engine, OpenDelivery delivery, Recipe recipe, PlanSettings plan) {
    /** Whether finished videos go anywhere. */
    boolean delivers() {
      return delivery.objects().isPresent();
    }
  }

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
    this.listeners =
        new Listeners(parts, settings, front, open, new Listeners.About(id, root, means));
    this.pod =
        new PodCare(settings, means, root, open.delivers(), podEnd, listeners, parts.clock());
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
      MainJob.Ending ending = toItsEnd(todo, started);
      if (ending.outcome().end() == Outcome.End.CANCELLED) {
        patience = Duration.ZERO; // seconds are left until the process is killed
      } else {
        open.engine().mayStop();
        pod.end(listeners.evidence(ending.outcome().end()), ending.code());
      }
      return ending;
    } finally {
      listeners.close(patience);
    }
  }

  /** Whatever ends the run, somebody is told, and the pod is not forgotten. */
  private MainJob.Ending toItsEnd(Todo todo, Consumer<Execution> started)
      throws FailureException, InterruptedException, IOException {
    try {
      return whole(todo, started);
    } catch (FailureException | IOException | RuntimeException | Error e) {
      pod.endAfterCrash(e);
      throw e;
    }
  }

  private MainJob.Ending whole(Todo todo, Consumer<Execution> started)
      throws FailureException, InterruptedException, IOException {
    open.store()
        .startRun(
            RunRow.started(
                id, open.engine().name(), start, Home.version(), ProcessHandle.current().pid()));
    Execution execution =
        new Assembly(settings, open, root)
            .execution(
                new Execution.RunContext(
                    id, listeners::tell, parts.clock(), parts.sleeper(), listeners.gate()));
    announceStart(todo.planned().plan());
    open.engine().tell(execution::tell);
    tellOfMissing(execution);
    todo.planned().plan().works().forEach(execution::add);
    try (Watch watch = new Watch(parts, settings, execution, todo.candidates(), todo.paths())) {
      watch.start(open.recipe(), open.plan(), open.store(), todo.found(), todo.planned());
      started.accept(execution);
      listeners.holdToLimits(execution);
      MainJob.Ending ending = ending(execution.run(), todo, watch);
      finish(ending);
      return ending;
    } finally {
      listeners.endLimits();
    }
  }

  /** They are waited for like those that went away. */
  private void tellOfMissing(Execution execution) {
    open.engine()
        .missing()
        .forEach(
            (server, why) ->
                execution.tell(
                    new RunEvent.ServerDown(
                        parts.clock().instant(),
                        server,
                        why,
                        "the run begins without it; it gets jobs once it is ready")));
  }

  private void announceStart(Plan plan) {
    listeners.announce(
        new RunEvent.RunStarted(
            parts.clock().instant(),
            id,
            open.engine().name(),
            plan.works().size(),
            plan.works().stream().mapToInt(work -> work.jobs().size()).sum()));
  }

  /** What was wrong at the start of a watch was told then and may have been put right since. */
  private MainJob.Ending ending(Outcome outcome, Todo todo, Watch watch) {
    return settings.run().watch()
        ? new MainJob.Ending(outcome, List.of(), watch.anyLeftOut())
        : new MainJob.Ending(outcome, todo.problems(), !todo.problems().isEmpty());
  }

  private void finish(MainJob.Ending ending) {
    Outcome outcome = ending.outcome();
    int code = ending.code();
    listeners.sumUp(outcome.end(), parts.clock().instant());
    listeners.announce(
        new RunEvent.RunFinished(
            parts.clock().instant(),
            id,
            (int) outcome.count(Outcome.State.DONE),
            (int) (outcome.results().size() - outcome.count(Outcome.State.DONE)),
            Duration.between(start, parts.clock().instant()),
            code));
    open.store().finishRun(id, parts.clock().instant(), code);
  }
}
