package dev.promptrunner.notice;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A receiver that answers as told, then takes everything; it can be made to hang. */
final class FakeReceiver implements Receiver {
  final List<Notice> tried = new CopyOnWriteArrayList<>();
  final List<Notice> taken = new CopyOnWriteArrayList<>();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final CountDownLatch open = new CountDownLatch(1);
  private final CountDownLatch reached = new CountDownLatch(1);
  private boolean hangs;
  private boolean breaks;

  FakeReceiver answers(int times, Reply reply) {
    for (int i = 0; i < times; i++) {
      replies.add(reply);
    }
    return this;
  }

  static Reply later() {
    return new Reply.Later("HTTP 503", Optional.empty());
  }

  static Reply later(Duration pause) {
    return new Reply.Later("HTTP 429", Optional.of(pause));
  }

  FakeReceiver breaksOnce() {
    breaks = true;
    return this;
  }

  FakeReceiver hangs() {
    hangs = true;
    return this;
  }

  /** Until it has the first notice in hand. */
  void awaitReached() throws InterruptedException {
    reached.await();
  }

  void letGo() {
    open.countDown();
  }

  @Override
  public String name() {
    return "notice.fake";
  }

  @Override
  public synchronized Reply send(Notice notice) {
    tried.add(notice);
    reached.countDown();
    if (breaks) {
      breaks = false;
      throw new IllegalStateException("a field is missing");
    }
    if (hangs) {
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return later();
      }
    }
    Reply reply = replies.isEmpty() ? new Reply.Taken() : replies.removeFirst();
    if (reply instanceof Reply.Taken) {
      taken.add(notice);
    }
    return reply;
  }

  @Override
  public Reply probe() {
    return replies.isEmpty() ? new Reply.Taken() : replies.removeFirst();
  }

  @Override
  public void cut() {
    letGo();
  }
}
