package dev.promptrunner.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Writes what is pending on a virtual thread of its own, so that a terminal which is slow or
 * stopped never holds up the run. Thread-safe.
 */
final class Drawing implements AutoCloseable {
  private final Supplier<String> pending;
  private final Consumer<String> sink;
  private final Duration pace;
  private final Duration tick;
  private final Duration patience;
  private final Semaphore news = new Semaphore(0);
  private final CountDownLatch ending = new CountDownLatch(1);
  private final Thread thread;

  /**
   * When things are drawn.
   *
   * @param pace the least time between two drawings
   * @param tick the most time between two drawings, for clocks that go on without news
   * @param patience how long the end waits for the terminal
   */
  record Timing(Duration pace, Duration tick, Duration patience) {
    static final Timing BARS =
        new Timing(Duration.ofMillis(80), Duration.ofSeconds(1), Duration.ofSeconds(3));
    static final Timing LINES =
        new Timing(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofSeconds(10));
  }

  /**
   * Starts drawing.
   *
   * @param pending takes all there is to write; called on the drawing thread, must not block
   * @param sink writes a text that is not empty; may block
   */
  Drawing(Supplier<String> pending, Consumer<String> sink, Timing timing) {
    this.pending = pending;
    this.sink = sink;
    this.pace = timing.pace();
    this.tick = timing.tick();
    this.patience = timing.patience();
    this.thread = Thread.ofVirtual().name("console").start(this::draw);
  }

  /** There is something new to draw. Returns at once. */
  void wake() {
    news.release();
  }

  private void draw() {
    try {
      boolean last;
      do {
        last = ending.getCount() == 0;
        write();
        if (!last && !ending.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
          news.tryAcquire(tick.toMillis(), TimeUnit.MILLISECONDS);
          news.drainPermits();
        }
      } while (!last);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Drawing.class).error("drawing the console ended early", e);
    }
  }

  private void write() {
    String text = pending.get();
    if (!text.isEmpty()) {
      sink.accept(text);
    }
  }

  /** Draws what is pending and ends; gives up on a terminal that does not take it in time. */
  @Override
  public void close() {
    ending.countDown();
    news.release();
    try {
      if (!thread.join(patience)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
