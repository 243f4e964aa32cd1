package dev.promptrunner.comfy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * One job's events between the socket, which must never wait (a client that stops reading freezes
 * the events of every other client), and the thread that follows the job. Bounded; thread-safe.
 */
final class Mailbox {
  private static final int CAPACITY = 512;
  private static final int PREVIEWS = 2;
  private static final int NEVER = -1;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<ServerEvent> events = new ArrayDeque<>();
  private boolean woken;
  private Optional<String> lost = Optional.empty();
  private int heardOn = NEVER;

  /**
   * Never waits.
   *
   * @param connection the ordinal of the socket's connection that the event came on
   */
  void offer(ServerEvent event, int connection) {
    lock.lock();
    try {
      heardOn = connection;
      if (event instanceof ServerEvent.Preview && count(Mailbox::preview) >= PREVIEWS) {
        drop(Mailbox::preview);
      }
      if (events.size() >= CAPACITY) {
        makeRoom();
      }
      events.add(event);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the follower look at the history now: the socket came or went. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the follower's wait: its server is gone, as somebody saw who watches it. */
  void declareLost(String found) {
    lock.lock();
    try {
      lost = Optional.of(found);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What was seen of the server's end since this was opened; empty while it lives. */
  Optional<String> lost() {
    lock.lock();
    try {
      return lost;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next event; empty when there was none in time or someone called {@link #wake()} or {@link
   * #declareLost}.
   */
  Optional<ServerEvent> take(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (events.isEmpty() && !woken && lost.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (events.isEmpty()) {
        woken = false;
      }
      return Optional.ofNullable(events.poll());
    } finally {
      lock.unlock();
    }
  }

  /** All that is left. */
  List<ServerEvent> drain() {
    lock.lock();
    try {
      List<ServerEvent> rest = List.copyOf(events);
      events.clear();
      return rest;
    } finally {
      lock.unlock();
    }
  }

  /** Whether an event of this job came on that connection. */
  boolean heardOn(int connection) {
    lock.lock();
    try {
      return heardOn == connection;
    } finally {
      lock.unlock();
    }
  }

  /** Whether any event of this job ever came. */
  boolean heard() {
    return !heardOn(NEVER);
  }

  private void makeRoom() {
    if (drop(Mailbox::preview) || drop(Mailbox::progress)) {
      return;
    }
    drop(event -> !event.ended());
  }

  private static boolean preview(ServerEvent event) {
    return event instanceof ServerEvent.Preview;
  }

  private static boolean progress(ServerEvent event) {
    return event instanceof ServerEvent.Progress || event instanceof ServerEvent.ProgressState;
  }

  private long count(Predicate<ServerEvent> kind) {
    return events.stream().filter(kind).count();
  }

  /** Drops the oldest of a kind. */
  private boolean drop(Predicate<ServerEvent> kind) {
    for (Iterator<ServerEvent> each = events.iterator(); each.hasNext(); ) {
      if (kind.test(each.next())) {
        each.remove();
        return true;
      }
    }
    return false;
  }
}
