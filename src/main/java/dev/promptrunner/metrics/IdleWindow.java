package dev.promptrunner.metrics;

import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The idle share of the servers over the last 30 minutes in which there was something to do. Not
 * thread-safe.
 */
final class IdleWindow {
  private static final Duration LONGEST = Duration.ofMinutes(30);
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  private final RunningJobs running = new RunningJobs();
  private final ServerTimes servers = new ServerTimes();
  private final Set<String> openWorks = new HashSet<>();
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(Instant at, Duration busy, Duration possible) {}

  void on(RunEvent event) {
    running
        .ended(event)
        .filter(job -> ServerTimes.rendering(job.kind()))
        .ifPresent(job -> servers.ended(job.resource(), event.at()));
    switch (event) {
      case RunEvent.RunStarted e -> servers.begin(e.at());
      case RunEvent.WorkStarted e -> openWorks.add(e.work());
      case RunEvent.WorkDone e -> openWorks.remove(e.work());
      case RunEvent.WorkFailed e -> openWorks.remove(e.work());
      case RunEvent.JobStarted e when ServerTimes.rendering(e.kind()) ->
          servers.started(e.resource(), e.at());
      default -> {}
    }
  }

  /** 0 … 100; empty before 10 minutes of it are known. To be asked every few seconds. */
  OptionalDouble percent(Instant now) {
    if (openWorks.isEmpty()) {
      samples.clear(); // nothing to do is no trouble
      return OptionalDouble.empty();
    }
    samples.addLast(new Sample(now, servers.busy(now), servers.possible(now)));
    while (samples.getFirst().at().isBefore(now.minus(LONGEST))) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    if (Duration.between(first.at(), now).compareTo(SHORTEST) < 0) {
      return OptionalDouble.empty();
    }
    Sample last = samples.getLast();
    return OptionalDouble.of(
        100
            * ServerTimes.idleShare(
                last.busy().minus(first.busy()), last.possible().minus(first.possible())));
  }
}
