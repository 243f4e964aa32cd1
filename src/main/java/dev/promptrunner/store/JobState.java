package dev.promptrunner.store;

/** Where a job stands. */
public enum JobState {
  PENDING,
  /** It has an open attempt; in the state of a killed process too. */
  RUNNING,
  DONE,
  FAILED
}
