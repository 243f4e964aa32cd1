package dev.promptrunner.pod;

/** One way to end the pod. */
interface Way {
  /** For people: {@code REST v2}. */
  String name();

  /** Asks once and returns at once with what came of it. */
  Attempt end(EndAction action) throws InterruptedException;
}
