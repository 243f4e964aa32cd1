package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.plan.Work;
import java.util.List;
import java.util.Optional;

/** How a run ended. */
public record Outcome(End end, List<Result> results) {
  /** Why no further job was begun. */
  public enum End {
    /** Nothing was left to do. */
    FINISHED,
    /** Someone asked for it. */
    CANCELLED,
    /** Someone asked for it; what ran then was finished. */
    STOPPED,
    /** A failure was to end it; what ran then was finished. */
    BROKEN_OFF,
    /** No server answers any more. */
    SERVER_GONE,
    /** The disk has no room for another job. */
    DISK_FULL,
    /** Time or money is used up; what was finished before is delivered. */
    LIMIT_REACHED
  }

  /** What became of one prompt file. */
  public enum State {
    DONE,
    FAILED,
    /** The final video exists, but did not arrive in the store. */
    DELIVERY_FAILED,
    /** Left for the next run. */
    OPEN
  }

  /**
   * One prompt file's end.
   *
   * @param failure present for the two failed states
   */
  public record Result(Work work, State state, Optional<Failure> failure) {}

  public Outcome {
    results = List.copyOf(results);
  }

  public long count(State state) {
    return results.stream().filter(result -> result.state() == state).count();
  }
}
