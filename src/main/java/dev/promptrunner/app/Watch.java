package dev.promptrunner.app;

import dev.promptrunner.config.Settings;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planned;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.Store;
import dev.promptrunner.workflow.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes new and changed prompt files up while a run goes on, once they have stopped growing, and
 * ends the run after idle time. Without {@code watch} it only says that nothing more comes.
 */
final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Parts parts;
  private final Settings settings;
  private final Execution execution;
  private final Candidates candidates;
  private final Map<Path, Stamp> seen = new HashMap<>();
  private final Set<Path> settled = new HashSet<>();
  private final Set<String> taken = new HashSet<>();
  private Optional<Thread> thread = Optional.empty();

  Watch(Parts parts, Settings settings, Execution execution, Candidates candidates) {
    this.parts = parts;
    this.settings = settings;
    this.execution = execution;
    this.candidates = candidates;
  }

  /** A file as it was last seen: when both stay the same it has stopped growing. */
  private record Stamp(long size, long modified) {}

  void start(Recipe recipe, PlanSettings plan, Store store, List<Path> paths, Plan first)
      throws IOException {
    if (!settings.run().watch()) {
      execution.noMore();
      return;
    }
    first.works().forEach(work -> taken.add(work.id()));
    changed(paths);
    settled.addAll(seen.keySet());
    Planner planner = new Planner(recipe, plan);
    thread =
        Optional.of(Thread.ofVirtual().name("watch").start(() -> watch(planner, store, paths)));
  }

  private void watch(Planner planner, Store store, List<Path> paths) {
    try {
      while (!isIdle()) {
        parts.sleeper().sleep(PAUSE);
        try {
          take(planner, store, changed(paths));
        } catch (IOException e) {
          log.warn("looking for new prompt files: {}", e.toString());
        }
      }
      log.info("nothing to do for {}: the run ends", settings.run().idleExit());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    execution.noMore();
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
    Planned planned = planner.plan(found.candidates(), store.names());
    found.problems().forEach(problem -> log.warn("{}", problem));
    planned.problems().forEach(problem -> log.warn("{}", problem));
    for (Work work : planned.plan().works()) {
      if (taken.add(work.id())) {
        log.info("taking up {} from {}", work.id(), work.prompt().file());
        execution.add(work);
      }
    }
  }

  /** Files that are new or changed and were the same at the last two looks. */
  private List<Path> changed(List<Path> paths) throws IOException {
    Set<Path> ready = new HashSet<>();
    for (Path file : promptFiles(paths)) {
      Stamp now = new Stamp(Files.size(file), Files.getLastModifiedTime(file).toMillis());
      Stamp before = seen.put(file, now);
      if (!now.equals(before)) {
        settled.remove(file);
      } else if (settled.add(file)) {
        ready.add(file);
      }
    }
    return ready.stream().sorted().toList();
  }

  private static List<Path> promptFiles(List<Path> paths) throws IOException {
    Set<Path> files = new HashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          inside.filter(Watch::isPromptFile).forEach(files::add);
        }
      } else if (Files.isRegularFile(path)) {
        files.add(path);
      }
    }
    return files.stream().sorted().toList();
  }

  private static boolean isPromptFile(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".txt") && !name.startsWith(".") && Files.isRegularFile(file);
  }

  @Override
  public void close() {
    thread.ifPresent(Thread::interrupt);
  }
}
