package dev.promptrunner.simulator;

/** The wish to end the running job. Thread-safe. */
final class InterruptFlag {
  private boolean raised;

  synchronized void raise() {
    raised = true;
    notifyAll();
  }

  /** The next job starts without it. */
  synchronized void lower() {
    raised = false;
  }

  /** Takes the wish, so that it ends one job only. */
  synchronized boolean take() {
    boolean was = raised;
    raised = false;
    return was;
  }

  /** Waits until someone raises it; it stays raised. */
  synchronized void await() throws InterruptedException {
    while (!raised) {
      wait();
    }
  }
}
