package dev.promptrunner.store;

/** How one try of a job ended. */
public enum AttemptState {
  /** Not ended as far as is known: its prompt may wait, run or be finished on the server. */
  OPEN,
  DONE,
  FAILED,
  /** It came to nothing through no fault of the job: the server forgot it, the run was stopped. */
  ABANDONED
}
