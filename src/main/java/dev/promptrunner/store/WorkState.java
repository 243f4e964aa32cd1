package dev.promptrunner.store;

/** How far a prompt file is. */
public enum WorkState {
  OPEN,
  DONE,
  FAILED
}
