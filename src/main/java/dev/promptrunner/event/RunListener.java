package dev.promptrunner.event;

/**
 * Told of every event of a run, in order and one at a time, on the thread of the run's owner. An
 * implementation returns quickly and never throws: what is slow belongs on a thread of its own.
 */
@FunctionalInterface
public interface RunListener {
  void on(RunEvent event);
}
