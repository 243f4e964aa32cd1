package dev.promptrunner.cli.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Lines that wait to be written. When nobody reads (a stopped terminal, a full pipe) the oldest go
 * and are counted, so that a night's run costs neither its memory nor its time. Thread-safe.
 */
final class Lines {
  private record Line(Optional<Object> key, String text) {}

  private final int capacity;
  private final Deque<Line> waiting = new ArrayDeque<>();
  private long dropped;

  /**
   * Without lines.
   *
   * @param capacity how many may wait, ≥ 1
   */
  Lines(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(String text) {
    add(new Line(Optional.empty(), text));
  }

  /** Adds a line that makes a waiting one with the same key stale, when that is the last one. */
  synchronized void addLatest(Object key, String text) {
    Line last = waiting.peekLast();
    if (last != null && last.key().equals(Optional.of(key))) {
      waiting.removeLast();
    }
    add(new Line(Optional.of(key), text));
  }

  private void add(Line line) {
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
    waiting.forEach(line -> taken.add(line.text()));
    waiting.clear();
    dropped = 0;
    return taken;
  }
}
