package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.RunConfig;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.store.WorkRow;
import dev.promptrunner.workflow.ObjectInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An exploration from its file to its results, on the engine of the main job. One use each; {@link
 * #cancel} and {@link #stopRemaining} may be called from any thread.
 */
public final class ExploreJob {
  private static final int CANCELLED = 130;

  private final Parts parts;
  private final Settings settings;
  private final Front front;
  private final CancelSwitch stop = new CancelSwitch();
  private final PodEnd podEnd = new PodEnd();
  private final RunGuard guard;

  /** Who shows the exploration. */
  public interface Front extends RunListener {
    /** Told once everything is known, before anything is rendered. */
    void foreseen(Foreseen foreseen);

    /** Whether so much is to be rendered; asked right after. */
    boolean goOn(Foreseen foreseen);

    /**
     * A run has ended, and its files are in place.
     *
     * @param before whether it had ended well in an earlier life already
     */
    void ended(Result result, boolean before);

    /**
     * The results are being delivered.
     *
     * @param sent bytes so far, 0 … total
     */
    void delivering(long sent, long total);
  }

  /**
   * How it ended.
   *
   * @param results of all runs, as they are now, in the order as listed; none when the user did not
   *     want so much
   * @param folder in which they lie
   */
  public record Ending(int code, Collection<Result> results, Path folder) {
    public Ending {
      results = List.copyOf(results);
    }
  }

  public ExploreJob(Parts parts, Settings settings, Front front) {
    this.parts = parts;
    this.settings = settings;
    this.front = front;
    this.guard = new RunGuard(parts, settings, stop);
  }

  /** Ends it soon, whatever runs. */
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

  /** The exit code when a signal ends the process. */
  public int codeOnSignal() {
    return podEnd.code().orElse(CANCELLED);
  }

  /**
   * What would be done, without a server and without writing anything.
   *
   * @throws Stop with all that is wrong
   */
  public static Foreseen foresee(Settings settings, Wish wish) throws Stop {
    Exploration read = new ExploreReader(Optional.empty()).read(wish);
    boolean simulated = settings.run().engine() == RunConfig.Engine.SIMULATOR;
    Exploration exploration = simulated ? read.asSimulated() : read;
    Path root = settings.run().output().toAbsolutePath().normalize();
    Optional<StoreReader> state = Store.read(root);
    List<WorkRow> works = state.map(StoreReader::works).orElse(List.of());
    return new Foresee(
            exploration,
            new RunBook(exploration, state.map(StoreReader::names).orElse(Map.of())).runs(),
            wish.manner(),
            new PastTimes(root, state.map(StoreReader::took).orElse(Map.of())),
            works.stream().collect(Collectors.toMap(WorkRow::key, WorkRow::state)))
        .with(
            settings.servers().servers().size(),
            settings.pod().dollarsPerHour(),
            ExploreReader.notes(wish, exploration));
  }

  /**
   * Renders what is to be rendered.
   *
   * @throws Stop when nothing could be begun, with all that is wrong
   */
  public Ending run(Wish wish) throws Stop, FailureException, InterruptedException {
    return guard.run(() -> prepared(wish));
  }

  private Ending prepared(Wish wish)
      throws Stop, FailureException, InterruptedException, IOException {
    // Nobody waits for a server to hear of a slip of the pen.
    new ExploreReader(Optional.empty()).read(wish);
    Means means = Means.of(parts, settings);
    try (Store store = guard.store();
        Engine engine = Engine.open(parts, settings);
        OpenDelivery delivery = OpenDelivery.of(parts, settings)) {
      engine.supervise(front);
      engine.awaitReady(settings.servers().startWait());
      Exploration exploration = read(wish, engine);
      List<NamedRun> runs = new RunBook(exploration, store.names()).runs();
      Foreseen foreseen =
          new Foresee(
                  exploration,
                  runs,
                  wish.manner(),
                  new PastTimes(guard.root(), Store.read(guard.root()).orElseThrow().took()),
                  store.works().stream().collect(Collectors.toMap(WorkRow::key, WorkRow::state)))
              .with(
                  engine.names().size(),
                  means.dollarsPerHour(),
                  ExploreNotes.of(
                      ExploreReader.notes(wish, exploration), settings, means.pod().exists()));
      front.foreseen(foreseen);
      return front.goOn(foreseen)
          ? session(store, engine, delivery, means).run(wish, foreseen, runs)
          : new Ending(CANCELLED, List.of(), guard.root().resolve(exploration.folder()));
    }
  }

  private ExploreSession session(Store store, Engine engine, OpenDelivery delivery, Means means) {
    RunSession.Open open =
        new RunSession.Open(store, engine, delivery, Optional.empty(), PlanSettings.defaults());
    return new ExploreSession(parts, settings, front, open, guard.root(), means, podEnd, stop);
  }

  /** With what each server says of its nodes. */
  private static Exploration read(Wish wish, Engine engine)
      throws Stop, FailureException, InterruptedException {
    List<Problem> problems = new ArrayList<>();
    Optional<Exploration> first = Optional.empty();
    for (ObjectInfo info : engine.infos()) {
      Exploration exploration = new ExploreReader(Optional.of(info)).read(wish);
      problems.addAll(exploration.problems(info));
      first = first.or(() -> Optional.of(exploration));
    }
    if (!problems.isEmpty()) {
      throw new Stop(Stop.Kind.INPUT, problems.stream().distinct().toList());
    }
    return engine.isSimulated() ? first.orElseThrow().asSimulated() : first.orElseThrow();
  }
}
