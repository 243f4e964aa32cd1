package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.plan.Known;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.prompt.PromptFiles;
import dev.promptrunner.prompt.PromptFolder;
import dev.promptrunner.store.Store;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The main job from prompt files to a stopped pod: opens every part in order, runs, and closes in
 * reverse. One use each; {@link #cancel} may be called from any thread.
 */
public final class MainJob {
  private static final int CANCELLED = 130;
  private final Parts parts;
  private final Settings settings;
  private final Front front;
  private final CancelSwitch stop = new CancelSwitch();
  private final PodEnd podEnd = new PodEnd();
  private final RunGuard guard;

  /** Who shows the run. */
  public interface Front extends RunListener {
    /** Told once everything is known, before anything is rendered. */
    void planned(Planned planned, List<Problem> problems);
  }

  /**
   * How it ended.
   *
   * @param problems of the prompt files that were left out, for a last word
   * @param leftOut whether prompt files were left out for their mistakes
   * @param settled the exit code of what was done after the rendering; 0 when that went well
   */
  public record Ending(Outcome outcome, List<Problem> problems, boolean leftOut, int settled) {
    public Ending {
      problems = List.copyOf(problems);
    }

    /** 1 also when all that could be run was done, but not all that was asked for. */
    public int code() {
      int code = Endings.code(outcome);
      return code == 0 ? afterwards() : code;
    }

    private int afterwards() {
      return leftOut ? 1 : settled;
    }
  }

  public MainJob(Parts parts, Settings settings, Front front) {
    this.parts = parts;
    this.settings = settings;
    this.front = front;
    this.guard = new RunGuard(parts, settings, stop);
  }

  /** Ends the run soon; what is on a server stays there for the next run to adopt. */
  public void cancel() {
    stop.cancel();
    podEnd.giveUp();
  }

  /**
   * Finishes what is being rendered and begins nothing more.
   *
   * @return whether anything can be; else it ends as if cancelled
   */
  public boolean stopRemaining() {
    return stop.stopRemaining();
  }

  /**
   * The exit code when a signal ends the process: 130, but once the run is over its own, or 1 when
   * that is 0 and the pod may still be running.
   */
  public int codeOnSignal() {
    return podEnd.code().orElse(CANCELLED);
  }

  /**
   * Runs.
   *
   * @param paths prompt files and folders of them
   * @throws Stop when nothing could be begun, with all that is wrong
   * @throws FailureException when the servers, the object store or the pod refuse
   */
  public Ending run(List<Path> paths) throws Stop, FailureException, InterruptedException {
    return guard.run(() -> prepared(paths));
  }

  private Ending prepared(List<Path> paths)
      throws Stop, FailureException, InterruptedException, IOException {
    Reader reader = new Reader(settings);
    Recipe recipe = reader.recipe();
    PlanSettings plan = reader.planSettings();
    Planner planner = reader.planner(recipe, plan);
    requireSomething(paths);
    Means means = Means.of(parts, settings);
    try (Store store = guard.store();
        Engine engine = Engine.open(parts, settings);
        OpenDelivery delivery = OpenDelivery.of(parts, settings)) {
      engine.supervise(front);
      engine.awaitReady(settings.servers().startWait());
      requireFitting(engine, recipe);
      Candidates candidates = new Candidates(engine.inputHere());
      Candidates.Found found = candidates.read(paths);
      Planned planned =
          Foresight.noted(
              planner.plan(found.candidates(), Known.of(store.names(), store.layouts())),
              recipe,
              settings);
      List<Problem> problems = new ArrayList<>(found.problems());
      problems.addAll(planned.problems());
      if (planned.plan().works().isEmpty() && !settings.run().watch()) {
        throw new Stop(Stop.Kind.INPUT, problems);
      }
      front.planned(planned, problems);
      return new RunSession(
              parts,
              settings,
              front,
              new RunSession.Open(store, engine, delivery, Optional.of(recipe), plan),
              guard.root(),
              means,
              podEnd)
          .run(
              new RunSession.Todo(
                  planned.plan().works(),
                  execution -> {
                    if (!settings.run().watch()) {
                      return Feeding.none(execution, !problems.isEmpty());
                    }
                    Watch watch = new Watch(parts, settings, execution, candidates, paths);
                    return watch.start(planner, store, found, planned);
                  },
                  // What is wrong at the start of a watch may be put right while it goes on.
                  settings.run().watch() ? List.of() : problems),
              stop::running);
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
}
