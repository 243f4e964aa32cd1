package dev.promptrunner.app;

import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.plan.Generation;

/**
 * A run with the work that renders it.
 *
 * @param folder of its results, relative to the exploration's
 * @param work the same for runs that are the same work
 */
record NamedRun(Run run, String folder, Generation work) {
  /** Whether the results come from a folder of another name, and are linked into this one. */
  boolean isElsewhere(String exploration) {
    return !work.folder().equals(exploration + "/" + folder);
  }
}
