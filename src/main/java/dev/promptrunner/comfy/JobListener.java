package dev.promptrunner.comfy;

/**
 * Told of a job's events on the thread that follows it, in order; some may be missing. A slow one
 * delays its own job's end alone: previews are dropped first, then progress.
 */
@FunctionalInterface
public interface JobListener {
  JobListener NONE = _ -> {};

  void on(ServerEvent event);
}
