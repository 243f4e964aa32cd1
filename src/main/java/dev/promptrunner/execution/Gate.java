package dev.promptrunner.execution;

import dev.promptrunner.plan.JobKind;

/**
 * Says whether a server may begin a job of this kind now. Asked by the run's owner, on its thread,
 * for every job that is ready: it answers at once. A run whose every job is refused, with nothing
 * under way, ends as {@link Outcome.End#LIMIT_REACHED}.
 */
@FunctionalInterface
public interface Gate {
  /** For a run without limits. */
  Gate OPEN = _ -> true;

  boolean mayBegin(JobKind kind);
}
