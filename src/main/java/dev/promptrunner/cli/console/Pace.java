package dev.promptrunner.cli.console;

import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** How long this run's finished jobs took, by kind. Not thread-safe. */
final class Pace {
  private static final Set<String> RENDERING = Set.of("HIGH", "LOW");

  private record Sum(int jobs, Duration took, long frames) {
    Sum plus(Sum other) {
      return new Sum(jobs + other.jobs, took.plus(other.took), frames + other.frames);
    }

    Duration mean() {
      return took.dividedBy(jobs);
    }
  }

  private final Map<String, Sum> byKind = new HashMap<>();

  void add(RunEvent.JobDone done) {
    byKind.merge(done.kind(), new Sum(1, done.took(), done.frames()), Sum::plus);
  }

  /** The mean of finished jobs of this kind; empty before the first. */
  Optional<Duration> of(String kind) {
    return Optional.ofNullable(byKind.get(kind)).map(Sum::mean);
  }

  /** The mean of all finished jobs; empty before the first. */
  Optional<Duration> ofAny() {
    return total(byKind.values()).map(Sum::mean);
  }

  /** Frames of finished segments for each second that HIGH and LOW passes took together. */
  OptionalDouble framesPerSecond() {
    Sum none = new Sum(0, Duration.ZERO, 0);
    long frames = byKind.getOrDefault("LOW", none).frames();
    Duration took =
        RENDERING.stream()
            .map(kind -> byKind.getOrDefault(kind, none).took())
            .reduce(Duration.ZERO, Duration::plus);
    return frames == 0 || !took.isPositive()
        ? OptionalDouble.empty()
        : OptionalDouble.of(frames * 1e9 / took.toNanos());
  }

  private static Optional<Sum> total(Collection<Sum> sums) {
    return sums.stream().reduce(Sum::plus);
  }
}
