package dev.promptrunner.app;

import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an exploration will do, before it does.
 *
 * @param runs with what is known of each, in the order as listed
 * @param renders how many works are to be rendered; runs that are the same work count once
 * @param servers that share them
 * @param each how long one took before, the median; empty when none was rendered yet
 * @param dollarsPerHour of the pod; empty when nobody says
 * @param notes worth knowing before it begins
 */
public record Foreseen(
    Exploration exploration,
    List<Line> runs,
    int renders,
    int servers,
    Optional<Duration> each,
    Optional<BigDecimal> dollarsPerHour,
    List<String> notes) {
  public Foreseen {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /** What is known of a run. */
  public enum State {
    TO_RENDER,
    DONE,
    /** It failed before, and is tried again. */
    FAILED,
    /** The same work as another run, whose result it gets. */
    SAME,
    /** Not asked for this time. */
    LEFT_OUT
  }

  /**
   * One run.
   *
   * @param folder of its results, relative to the exploration's
   */
  public record Line(Run run, String folder, State state) {}

  /** The time until all is rendered; a server renders whole runs. */
  public Optional<Duration> expected() {
    return each.map(one -> one.multipliedBy(Math.ceilDiv(renders, Math.max(1, servers))));
  }

  /** What the pod costs in that time. */
  public Optional<Double> dollars() {
    return expected()
        .flatMap(
            time -> dollarsPerHour.map(price -> price.doubleValue() * time.toMillis() / 3.6e6));
  }
}
