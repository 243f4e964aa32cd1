package dev.promptrunner.comfy;

/** Where a job is on a server. */
public sealed interface Place {
  /**
   * It waits.
   *
   * @param before how many wait before it, ≥ 0
   */
  record Queued(int before) implements Place {}

  record Running() implements Place {}

  record Finished(HistoryRecord record) implements Place {}

  /** Neither in the queue nor in the history: never sent, deleted, or forgotten by a restart. */
  record Unknown() implements Place {}
}
