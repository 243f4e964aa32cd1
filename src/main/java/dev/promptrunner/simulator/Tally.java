package dev.promptrunner.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts for {@link Counters}. Thread-safe. */
final class Tally {
  private int received;
  private int rejected;
  private int started;
  private int succeeded;
  private int failed;
  private int interrupted;
  private int swaps;
  private long busyNanos;
  private long sinceNanos;
  private final Map<String, Integer> startedByPrompt = new HashMap<>();
  private final Map<String, Integer> succeededByOutput = new HashMap<>();

  /** Returns the request's number, from 1. */
  synchronized int received() {
    return ++received;
  }

  synchronized void rejected() {
    rejected++;
  }

  /** Returns the job's number, from 1. */
  synchronized int started(QueuedPrompt prompt) {
    sinceNanos = System.nanoTime();
    startedByPrompt.merge(prompt.id(), 1, Integer::sum);
    return ++started;
  }

  synchronized void ended(QueuedPrompt prompt, Ending ending) {
    busyNanos += System.nanoTime() - sinceNanos;
    switch (ending) {
      case SUCCESS -> {
        succeeded++;
        prompt.outputs().forEach(name -> succeededByOutput.merge(name, 1, Integer::sum));
      }
      case ERROR -> failed++;
      case INTERRUPTED -> interrupted++;
    }
  }

  synchronized void swapped() {
    swaps++;
  }

  synchronized Counters counters() {
    return new Counters(
        received,
        rejected,
        started,
        succeeded,
        failed,
        interrupted,
        swaps,
        Duration.ofNanos(busyNanos),
        startedByPrompt,
        succeededByOutput);
  }
}
