package dev.promptrunner.app;

import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.store.JobRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.WorkRow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long jobs of a kind take: the longest of the last few of this run, else of earlier ones.
 * Thread-safe.
 */
final class Expected {
  private static final int FEW = 5;
  private static final int EARLIER_WORKS = 20;

  private final Map<String, Deque<Duration>> earlier = new HashMap<>();
  private final Map<String, Deque<Duration>> now = new HashMap<>();

  /** Knows what the last prompt files of earlier runs took. */
  static Expected of(Store store) {
    Expected expected = new Expected();
    List<WorkRow> works = store.works();
    works.subList(Math.max(0, works.size() - EARLIER_WORKS), works.size()).stream()
        .flatMap(work -> store.jobs(work.id()).stream())
        .forEach(expected::remember);
    return expected;
  }

  private void remember(JobRow job) {
    job.took().ifPresent(took -> add(earlier, job.kind(), took));
  }

  synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.JobDone done) {
      add(now, done.kind(), done.took());
    }
  }

  private static void add(Map<String, Deque<Duration>> kinds, String kind, Duration took) {
    Deque<Duration> last = kinds.computeIfAbsent(kind, _ -> new ArrayDeque<>());
    last.add(took);
    if (last.size() > FEW) {
      last.remove();
    }
  }

  /** Zero when no such job was ever done. */
  synchronized Duration of(JobKind kind) {
    Deque<Duration> known =
        now.getOrDefault(kind.name(), earlier.getOrDefault(kind.name(), new ArrayDeque<>()));
    return known.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** From the last render of a video to its proven delivery. */
  Duration delivery() {
    return of(JobKind.DELIVER).plus(of(JobKind.JOIN));
  }
}
