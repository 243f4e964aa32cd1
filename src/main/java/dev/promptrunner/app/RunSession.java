package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.RunId;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.RunRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
   * What the job opened, in this order.
   *
   * @param recipe of the passes; a run of workflows as they are has none
   * @param plan the planner's settings
   */
  record Open(
      Store store,
      Engine engine,
      OpenDelivery delivery,
      Optional<Recipe> recipe,
      PlanSettings plan) {
    /** Whether finished videos go anywhere. */
    boolean delivers() {
      return delivery.objects().isPresent();
    }
  }

  /**
   * What there is to do.
   *
   * @param works known at the start
   * @param feed begins to bring more, if there is more to come
   * @param problems of what is left out, for a last word
   * @param settling what others make of the events
   */
  record Todo(List<? extends Work> works, Feed feed, List<Problem> problems, Settling settling) {
    Todo {
      works = List.copyOf(works);
    }

    Todo(List<? extends Work> works, Feed feed, List<Problem> problems) {
      this(works, feed, problems, Settling.NOTHING);
    }
  }

  /** What is left to do when the engine has ended, and before the pod does. */
  interface Settling {
    Settling NOTHING =
        new Settling() {
          @Override
          public void brokeOff() {
            // there is nothing to settle
          }

          @Override
          public int settle(Outcome.End end, RunListener told) {
            return 0;
          }

          @Override
          public void leave() {
            // there is nothing to leave
          }
        };

    /** The engine did not come to an end of its own. */
    void brokeOff();

    /**
     * The engine has ended.
     *
     * @param told hears what is announced to everybody
     * @return the exit code that this calls for; 0 when all went well
     */
    int settle(Outcome.End end, RunListener told) throws InterruptedException;

    /** No time is left for what is being settled. Called from any thread. */
    void leave();
  }

  /** Brings further work to a run. */
  @FunctionalInterface
  interface Feed {
    Feeding begin(Execution execution) throws IOException;
  }

  RunSession(
      Parts parts,
      Settings settings,
      RunListener front,
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
      switch (ending.outcome().end()) {
        case CANCELLED -> patience = Duration.ZERO; // seconds are left until the process is killed
        // Somebody sits there: what becomes of the pod is theirs to say.
        case STOPPED -> open.engine().mayStop();
        case FINISHED, BROKEN_OFF, SERVER_GONE, DISK_FULL, LIMIT_REACHED -> {
          open.engine().mayStop();
          pod.end(listeners.evidence(ending.outcome().end()), ending.code());
        }
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
    announceStart(todo.works());
    open.engine().tell(execution::tell);
    tellOfMissing(execution);
    todo.works().forEach(execution::add);
    try (Feeding feeding = todo.feed().begin(execution)) {
      started.accept(execution);
      listeners.holdToLimits(execution, todo.settling()::leave);
      Outcome outcome = ended(todo, execution);
      int settled = todo.settling().settle(outcome.end(), listeners::announce);
      MainJob.Ending ending =
          new MainJob.Ending(outcome, todo.problems(), feeding.anyLeftOut(), settled);
      finish(ending);
      return ending;
    } finally {
      listeners.endLimits();
    }
  }

  private static Outcome ended(Todo todo, Execution execution)
      throws IOException, InterruptedException {
    try {
      return execution.run();
    } catch (IOException | InterruptedException | RuntimeException | Error e) {
      todo.settling().brokeOff();
      throw e;
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

  private void announceStart(List<? extends Work> works) {
    listeners.announce(
        new RunEvent.RunStarted(
            parts.clock().instant(),
            id,
            open.engine().name(),
            works.size(),
            works.stream().mapToInt(work -> work.jobs().size()).sum()));
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
