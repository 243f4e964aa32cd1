package dev.promptrunner.app;

import dev.promptrunner.execution.Execution;

/** What brings further work to a run while it goes on. Closing it brings no more. */
interface Feeding extends AutoCloseable {
  /** Whether something that came was left out for its mistakes. */
  boolean anyLeftOut();

  @Override
  void close();

  /** Nothing comes but what is there already. */
  static Feeding none(Execution execution, boolean anyLeftOut) {
    execution.noMore();
    return new Feeding() {
      @Override
      public boolean anyLeftOut() {
        return anyLeftOut;
      }

      @Override
      public void close() {
        // there is nothing to end
      }
    };
  }
}
