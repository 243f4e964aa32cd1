package dev.promptrunner.app.doctor;

/** How bad a finding is. */
public enum Level {
  OK,
  /** A run works, but slower, dearer or with less than it could. */
  WARNING,
  /** A run would fail, or lose something. */
  PROBLEM
}
