package dev.promptrunner.cli.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Lines that wait to be written. When nobody reads (a stopped terminal, a full pipe) the oldest go
 * and are counted, so that a night's run costs neither its memory nor its time. Thread-safe.
 */
final class Lines {
  private final int capacity;
  private final Deque<String> waiting = new ArrayDeque<>();
  private long dropped;

  /**
   * Without lines.
   *
   * @param capacity how many may wait, ≥ 1
   */
  Lines(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(String line) {
    if (waiting.size() == capacity) {
      waiting.removeFirst();
      dropped++;
    }
    waiting.addLast(line);
  }

  /** All that wait, after a note on those that were dropped; afterwards none waits. */
  synchronized List<String> take(LongFunction<String> note) {
    List<String> taken = new ArrayList<>();
    if (dropped > 0) {
      taken.add(note.apply(dropped));
    }
    taken.addAll(waiting);
    waiting.clear();
    dropped = 0;
    return taken;
  }
}
