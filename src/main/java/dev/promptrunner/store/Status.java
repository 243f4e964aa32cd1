package dev.promptrunner.store;

import dev.promptrunner.base.JobId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What there is to know of an output root at one moment.
 *
 * @param run the one that was started last; empty before the first
 * @param process whether that run's process lives
 * @param works in the order in which they were first remembered
 */
public record Status(Optional<RunRow> run, ProcessState process, List<Work> works) {
  /** Whether a process that is writing, or was, is there. */
  public enum ProcessState {
    ALIVE,
    /** It has ended, or was killed. */
    GONE,
    /** It was on another machine, or the operating system does not tell. */
    UNKNOWN
  }

  /**
   * One prompt file.
   *
   * @param jobsDone of jobsKnown
   * @param jobsKnown how many the plan gave it; empty before it was taken up
   * @param failures of jobs that are not done
   * @param video the latest that can be played
   */
  public record Work(
      WorkRow row,
      int jobsDone,
      OptionalInt jobsKnown,
      List<Running> running,
      List<Failed> failures,
      Optional<Video> video,
      Optional<DeliveryRow> delivery) {}

  /**
   * A job with an open attempt; left behind when the process is gone.
   *
   * @param attempt counted from 1
   * @param since when the attempt began
   * @param progress empty until the first step was told of
   */
  public record Running(
      JobId job,
      String kind,
      int attempt,
      String resource,
      Instant since,
      Optional<Progress> progress) {}

  /**
   * The last failure of a job that is not done.
   *
   * @param state FAILED for good, or PENDING or RUNNING again
   * @param failure the class of the failure, such as {@code OutOfMemory}
   */
  public record Failed(JobId job, JobState state, String failure, String found, String remedy) {}
}
