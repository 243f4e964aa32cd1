package dev.promptrunner.comfy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long jobs that ended well had been silent, by kind of job: the measure of the patience with
 * the next one. A total time would be too long for a short job and too short for a long one.
 * Thread-safe.
 */
final class Silences {
  /** A job may be so many times slower than the slowest one so far. */
  static final int TIMES = 4;

  private final Map<String, Longest> known = new ConcurrentHashMap<>();

  private record Longest(Duration silence, Duration job) {
    private static final Longest NONE = new Longest(Duration.ZERO, Duration.ZERO);

    Longest with(Longest other) {
      return new Longest(longer(silence, other.silence), longer(job, other.job));
    }
  }

  /**
   * A job ended well.
   *
   * @param silence the longest time between two signs of progress; zero when they were not heard
   * @param job the whole job
   */
  void learn(String kind, Duration silence, Duration job) {
    known.merge(kind, new Longest(silence, job), Longest::with);
  }

  /**
   * How long a job of this kind may be silent.
   *
   * @param floor never less than this
   */
  Duration patience(String kind, Duration floor) {
    return longer(floor, of(kind).silence().multipliedBy(TIMES));
  }

  /** The same for a job of which only the end is seen. */
  Duration blindPatience(String kind, Duration floor) {
    return longer(floor, of(kind).job().multipliedBy(TIMES));
  }

  private Longest of(String kind) {
    return known.getOrDefault(kind, Longest.NONE);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
