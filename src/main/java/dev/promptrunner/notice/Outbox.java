package dev.promptrunner.notice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Notices that wait to be sent, at most so many. When it is full the oldest of the many that only
 * tell progress go first, and their number is told with the next one that arrives. Thread-safe;
 * {@link #put} never waits.
 */
final class Outbox {
  private final int room;
  private final Deque<Notice> waiting = new ArrayDeque<>();
  private int leftOut;
  private boolean closed;

  /**
   * @param room at least 1
   */
  Outbox(int room) {
    this.room = room;
  }

  /**
   * What is taken.
   *
   * @param leftOut how many before it will never arrive
   */
  record Parcel(Notice notice, int leftOut) {}

  synchronized void put(Notice notice) {
    if (closed) {
      return;
    }
    if (waiting.size() == room) {
      leftOut++;
      if (!dropProgress()) {
        if (notice.kind().progress()) {
          return;
        }
        waiting.removeFirst();
      }
    }
    waiting.addLast(notice);
    notifyAll();
  }

  private boolean dropProgress() {
    for (Iterator<Notice> each = waiting.iterator(); each.hasNext(); ) {
      if (each.next().kind().progress()) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  /** Waits for the next; empty when it was closed and nothing is left. */
  synchronized Optional<Parcel> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    if (waiting.isEmpty()) {
      return Optional.empty();
    }
    Parcel parcel = new Parcel(waiting.removeFirst(), leftOut);
    leftOut = 0;
    return Optional.of(parcel);
  }

  /** It did not arrive, nor will it. */
  synchronized void lost(Parcel parcel) {
    leftOut += parcel.leftOut() + 1;
  }

  /** Takes nothing more; what waits can still be taken. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Those that wait, and those that were left out since the last that arrived. */
  synchronized int unsent() {
    return waiting.size() + leftOut;
  }
}
