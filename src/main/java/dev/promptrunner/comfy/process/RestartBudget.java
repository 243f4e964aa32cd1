package dev.promptrunner.comfy.process;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How often a server is started again, and after which pause. Used by one thread. */
final class RestartBudget {
  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2.0, Duration.ofMinutes(1));

  private final int restarts;
  private final Duration window;
  private final Deque<Instant> ends = new ArrayDeque<>();

  /** How many of the ends came since the server last took jobs. */
  private int sinceUp;

  RestartBudget(int restarts, Duration window) {
    this.restarts = restarts;
    this.window = window;
  }

  /**
   * The server ended by itself: the pause before the next start, or empty when it was too often
   * within the window, or since it last took jobs: a start that fails may take longer than the
   * window.
   */
  Optional<Duration> next(Instant now) {
    while (ends.size() > sinceUp && ends.getFirst().plus(window).isBefore(now)) {
      ends.removeFirst();
    }
    ends.add(now);
    sinceUp++;
    return ends.size() > restarts
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(PAUSES.apply(ends.size())));
  }

  /** The same for an end that somebody asked for: the first needs no pause. */
  Optional<Duration> nextAsked(Instant now) {
    return next(now).map(pause -> ends.size() == 1 ? Duration.ZERO : pause);
  }

  /** It takes jobs. */
  void up() {
    sinceUp = 0;
  }

  /** How often it ended within the window: {@code 6 times in 12 min, the last time}. */
  String history() {
    Duration time = Duration.between(ends.getFirst(), ends.getLast());
    String took = time.toMinutes() >= 2 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    return ends.size() == 1 ? "once" : ends.size() + " times in " + took + ", the last time";
  }
}
