package dev.promptrunner.app;

import dev.promptrunner.config.Settings;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.plan.Known;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new and changed prompt files up while a run goes on, once they have stopped growing, and
 * ends the run after idle time.
 */
final class Watch implements Feeding {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Parts parts;
  private final Settings settings;
  private final Execution execution;
  private final Candidates candidates;
  private final Arrivals arrivals;
  private final Set<String> taken = new HashSet<>();

  /** What each prompt file asks for: new ones must not take their names. */
  private final Map<Path, List<VideoWork>> present = new HashMap<>();

  private boolean troubled;
  private Optional<Thread> thread = Optional.empty();

  Watch(
      Parts parts,
      Settings settings,
      Execution execution,
      Candidates candidates,
      List<Path> paths) {
    this.parts = parts;
    this.settings = settings;
    this.execution = execution;
    this.candidates = candidates;
    this.arrivals = new Arrivals(paths);
  }

  /**
   * Whether prompt files were left out that came, or were there at the start, and are still bad.
   */
  @Override
  public boolean anyLeftOut() {
    return arrivals.anyLeftOut();
  }

  /**
   * Begins to look.
   *
   * @param found what was read at the start
   * @param first the plan of it
   */
  Watch start(Planner planner, Store store, Candidates.Found found, Planned first)
      throws IOException {
    arrivals.begin(found, first);
    first.plan().works().forEach(this::note);
    thread = Optional.of(Thread.ofVirtual().name("watch").start(() -> watch(planner, store)));
    return this;
  }

  private void watch(Planner planner, Store store) {
    try {
      while (!isIdle()) {
        parts.sleeper().sleep(PAUSE);
        try {
          look(planner, store);
          troubled = false;
        } catch (IOException | RuntimeException e) {
          trouble(e);
        }
      }
      log.info("nothing to do for {}: the run ends", settings.run().idleExit());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      execution.noMore();
    }
  }

  private void look(Planner planner, Store store) throws IOException {
    List<Path> changed = arrivals.settled();
    try {
      take(planner, store, changed);
    } catch (RuntimeException e) {
      arrivals.again(changed);
      throw e;
    }
  }

  /** Told once, until a look goes well. */
  private void trouble(Exception e) {
    if (!troubled) {
      troubled = true;
      log.warn("looking for new prompt files", e);
      execution.tell(
          new RunEvent.Warning(
              parts.clock().instant(),
              "watch",
              "looking for new prompt files: %s; the next look tries again; see the log if it does not end"
                  .formatted(e.getMessage() == null ? e.toString() : e.getMessage())));
    }
  }

  private boolean isIdle() {
    Optional<Duration> limit = settings.run().idleExit();
    Optional<Instant> since = execution.idleSince();
    return limit.isPresent()
        && since.isPresent()
        && !parts.clock().instant().isBefore(since.get().plus(limit.get()));
  }

  private void take(Planner planner, Store store, List<Path> changed) {
    if (changed.isEmpty()) {
      return;
    }
    Candidates.Found found = candidates.read(changed);
    present.keySet().removeAll(changed);
    Planned planned =
        planner.plan(
            found.candidates(),
            Known.of(store.names(), store.layouts()),
            present.values().stream().flatMap(List::stream).toList());
    arrivals.judge(changed, found, planned);
    found.problems().forEach(problem -> log.warn("{}", problem));
    planned.problems().forEach(problem -> log.warn("{}", problem));
    for (VideoWork work : planned.plan().works()) {
      if (note(work)) {
        log.info("taking up {} from {}", work.id(), work.prompt().file());
        execution.add(work);
      }
    }
  }

  /** Returns whether it is new. */
  private boolean note(VideoWork work) {
    present.computeIfAbsent(work.prompt().file(), _ -> new ArrayList<>()).add(work);
    return taken.add(work.id());
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }
}
