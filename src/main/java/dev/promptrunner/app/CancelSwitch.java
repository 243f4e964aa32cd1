package dev.promptrunner.app;

import dev.promptrunner.execution.Execution;
import org.jspecify.annotations.Nullable;

/**
 * Ends a main job in whatever it is doing: while it prepares, its thread is interrupted; while it
 * runs, the engine is told, which leaves on the servers what is there. Thread-safe.
 */
final class CancelSwitch {
  private boolean cancelled;
  private @Nullable Thread preparing;
  private @Nullable Execution execution;
  private @Nullable Thread delivering;

  /**
   * The job begins on this thread.
   *
   * @throws InterruptedException when it was cancelled before
   */
  synchronized void prepare(Thread thread) throws InterruptedException {
    if (cancelled) {
      throw new InterruptedException("cancelled before it began");
    }
    preparing = thread;
  }

  /** The engine is about to run; one that was cancelled meanwhile ends at once. */
  synchronized void running(Execution started) {
    preparing = null;
    execution = started;
    if (cancelled) {
      started.cancel();
    }
  }

  /**
   * The engine has ended, and this thread does something that a cancel interrupts.
   *
   * @throws InterruptedException when it was cancelled before
   */
  synchronized void delivering(Thread thread) throws InterruptedException {
    if (cancelled) {
      throw new InterruptedException("cancelled before it was delivered");
    }
    delivering = thread;
  }

  /**
   * It has done so, well or not.
   *
   * @throws InterruptedException when it was cancelled meanwhile
   */
  synchronized void delivered() throws InterruptedException {
    delivering = null;
    if (cancelled) {
      throw new InterruptedException("cancelled while it was delivered");
    }
  }

  /** Nothing is left to cancel: the thread may be doing something else by now. */
  synchronized void over() {
    preparing = null;
    execution = null;
  }

  /**
   * Lets what is being rendered be finished; before the engine runs it is as good as a cancel.
   *
   * @return whether the engine runs
   */
  synchronized boolean stopRemaining() {
    if (execution != null) {
      execution.stopRemaining();
      return true;
    }
    cancel();
    return false;
  }

  /** Ends a run because of one of its failures. */
  synchronized void breakOff() {
    if (execution != null) {
      execution.breakOff();
    }
  }

  synchronized void cancel() {
    cancelled = true;
    if (delivering != null) {
      delivering.interrupt();
    } else if (execution != null) {
      execution.cancel();
    } else if (preparing != null) {
      preparing.interrupt();
    }
  }

  /**
   * What to throw for this one: whoever was interrupted in the middle of a request or a file may
   * call it by another name.
   *
   * @throws InterruptedException when the job was cancelled
   */
  synchronized <E extends Exception> E instead(E thrown) throws InterruptedException {
    if (cancelled) {
      throw (InterruptedException) new InterruptedException("cancelled").initCause(thrown);
    }
    return thrown;
  }
}
