package dev.promptrunner.app;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.RunId;
import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.Gate;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.metrics.Accounts;
import dev.promptrunner.metrics.MachineMemory;
import dev.promptrunner.metrics.Monitor;
import dev.promptrunner.notice.Notices;
import dev.promptrunner.pod.DeliveryLedger;
import dev.promptrunner.pod.Evidence;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everybody who hears of one run, and the two ways to tell them: the books of deliveries and of
 * money, the limits, the console, notices and numbers. Thread-safe.
 */
final class Listeners {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final Store store;
  private final RunId run;
  private final DeliveryLedger books;
  private final Accounts accounts;
  private final Optional<LimitWatch> limits;
  private final Notices notices;
  private final Monitor monitor;
  private final Audience audience;

  /** Which run, where, and what it may use. */
  record About(RunId run, Path root, Means means) {}

  /**
   * Begins to listen.
   *
   * @param front who shows the run
   */
  Listeners(Parts parts, Settings settings, RunListener front, RunSession.Open open, About about) {
    this.store = open.store();
    this.run = about.run();
    this.books =
        open.recipe().isPresent()
            ? new DeliveryLedger(open.delivers())
            : DeliveryLedger.ofOneArchive(open.delivers());
    this.accounts = accounts(open, about.means());
    this.limits =
        about
            .means()
            .limits()
            .map(all -> new LimitWatch(parts, all, Expected.of(store), open.delivers()));
    this.notices = Notices.start(settings.notice(), parts.clock(), parts.sleeper());
    this.monitor = Monitor.start(monitored(parts, settings, about.root()));
    List<RunListener> all = new ArrayList<>();
    all.add(books);
    limits.ifPresent(all::add);
    all.addAll(List.of(accounts, front, told(open), monitor));
    this.audience = new Audience(KnownSecrets.of(parts.environment(), settings), all);
  }

  /** Of the hundreds of runs of an exploration each one's end would be a notice too many. */
  private RunListener told(RunSession.Open open) {
    return open.recipe().isPresent()
        ? notices
        : event -> {
          if (!(event instanceof RunEvent.WorkDone || event instanceof RunEvent.WorkFailed)) {
            notices.on(event);
          }
        };
  }

  private static Accounts accounts(RunSession.Open open, Means means) {
    return new Accounts(
        means.start(),
        open.recipe().map(recipe -> recipe.numbers().frameRate()).orElse(FrameRate.of(1)),
        means.dollarsPerHour().map(BigDecimal::doubleValue),
        open.engine().names());
  }

  private Monitor.Given monitored(Parts parts, Settings settings, Path root) {
    return new Monitor.Given(
        root,
        run,
        settings.metrics().port(),
        settings.metrics().errorRate(),
        settings.metrics().idleShare(),
        settings.run().diskFloor().bytes(),
        new Room(root)::usable,
        MachineMemory.here(),
        parts.clock(),
        this::announce);
  }

  /** Tells of what is stored already. */
  void tell(RunEvent event) {
    audience.on(event);
    accounts.dueAfter(event).ifPresent(this::announce);
  }

  /** Stores and tells. */
  void announce(RunEvent event) {
    store.append(run, event);
    tell(event);
  }

  /** The same, but a store that fails keeps nobody from hearing it. */
  void announceInAnyCase(RunEvent event) {
    try {
      store.append(run, event);
    } catch (StoreException e) {
      log.warn("{} is not in the run's history: {}", event, e.getMessage());
    }
    tell(event);
  }

  /** Asked before each server job. */
  Gate gate() {
    return limits.<Gate>map(watch -> watch).orElse(Gate.OPEN);
  }

  /**
   * Holds the engine to deadline and budget, if there are any, until it is closed.
   *
   * @param leave called when no time is left for delivering either
   */
  void holdToLimits(Execution execution, Runnable leave) {
    limits.ifPresent(watch -> watch.start(execution, leave));
  }

  /** The last words on what the run did and spent, before its last event. */
  void sumUp(Outcome.End end, Instant now) {
    if (end == Outcome.End.LIMIT_REACHED) {
      limits.flatMap(LimitWatch::end).ifPresent(this::announce);
    }
    announce(accounts.ofRun(now));
  }

  /** A limit stops the pod whatever is undelivered; what was delivered in time needs no excuse. */
  Evidence evidence(Outcome.End end) {
    Evidence evidence = books.evidence();
    boolean limited =
        end == Outcome.End.LIMIT_REACHED && !(evidence instanceof Evidence.DeliveryProof);
    return limited
        ? books.limitReached(limits.map(LimitWatch::why).orElse("a limit is reached"))
        : evidence;
  }

  /** Holds the run to no limit any more. */
  void endLimits() {
    limits.ifPresent(LimitWatch::close);
  }

  /**
   * Ends listening.
   *
   * @param patience how long notices that wait may still go out
   */
  void close(Duration patience) throws InterruptedException {
    monitor.close();
    notices.close(patience);
  }
}
