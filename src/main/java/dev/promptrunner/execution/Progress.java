package dev.promptrunner.execution;

/** Told of steps within a job; safe from any thread, returns at once. */
@FunctionalInterface
public interface Progress {
  /**
   * @param label what the steps count
   * @param step done so far, 0 … steps
   */
  void at(String label, long step, long steps);
}
