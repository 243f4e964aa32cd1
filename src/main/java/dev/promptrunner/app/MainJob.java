package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
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
import dev.promptrunner.store.OutputRootBusyException;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreException;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The main job from prompt files to a stopped pod: opens every part in order, runs, and closes in
 * reverse. One use each; {@link #cancel} may be called from any thread.
 */
public final class MainJob {
  private static final int CANCELLED = 130;
  private static final String REMEDY = "choose an output folder on a disk with room";

  private final Parts parts;
  private final Settings settings;
  private final Front front;
  private final CancelSwitch stop = new CancelSwitch();
  private final PodEnd podEnd = new PodEnd();

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
   */
  public record Ending(Outcome outcome, List<Problem> problems, boolean leftOut) {
    public Ending {
      problems = List.copyOf(problems);
    }

    /** 1 also when all that could be run was done, but not all that was asked for. */
    public int code() {
      int code = Endings.code(outcome);
      return code == 0 && leftOut ? 1 : code;
    }
  }

  public MainJob(Parts parts, Settings settings, Front front) {
    this.parts = parts;
    this.settings = settings;
    this.front = front;
  }

  /** Ends the run soon; what is on a server stays there for the next run to adopt. */
  public void cancel() {
    stop.cancel();
    podEnd.giveUp();
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
    stop.prepare(Thread.currentThread());
    try {
      return prepared(paths);
    } catch (Stop e) {
      throw stop.instead(e);
    } catch (FailureException e) {
      throw stop.instead(e);
    } catch (StoreException e) {
      if (e.isOfTheDisk()) {
        throw unkept(e);
      }
      throw e;
    } finally {
      stop.over();
    }
  }

  /** What was committed is whole, and jobs on the servers are taken up by the next run. */
  private FailureException unkept(StoreException e) {
    return new FailureException(
        IoReason.full(
            "keeping the state of the run",
            settings.run().output(),
            0,
            String.valueOf(e.getMessage())),
        e);
  }

  private Ending prepared(List<Path> paths) throws Stop, FailureException, InterruptedException {
    Reader reader = new Reader(settings);
    Recipe recipe = reader.recipe();
    PlanSettings plan = reader.planSettings();
    Path root = settings.run().output().toAbsolutePath().normalize();
    requireSomething(paths);
    Means means = Means.of(parts, settings);
    try (Store store = open(root);
        Engine engine = Engine.open(parts, settings);
        OpenDelivery delivery = OpenDelivery.of(parts, settings)) {
      engine.supervise(front);
      engine.awaitReady(settings.servers().startWait());
      requireFitting(engine, recipe);
      Candidates candidates = new Candidates(engine.inputHere());
      Candidates.Found found = candidates.read(paths);
      Planned planned =
          Foresight.noted(
              new Planner(recipe, plan)
                  .plan(found.candidates(), Known.of(store.names(), store.layouts())),
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
              new RunSession.Open(store, engine, delivery, recipe, plan),
              root,
              means,
              podEnd)
          .run(new RunSession.Todo(paths, candidates, found, planned, problems), stop::running);
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION, new Problem("output", IoReason.of(e), root.toString(), REMEDY));
    }
  }

  private Store open(Path root) throws Stop {
    try {
      Files.createDirectories(root);
      return Store.open(
          root,
          parts.clock(),
          ProcessHandle.current().pid(),
          KnownSecrets.of(parts.environment(), settings));
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
}
