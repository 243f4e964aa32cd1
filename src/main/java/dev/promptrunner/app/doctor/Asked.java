package dev.promptrunner.app.doctor;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** An answer that several checks need and that is asked for once. Thread-safe. */
final class Asked<T> {
  private final FutureTask<T> answer;

  /** Asks somebody outside. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws FailureException, InterruptedException;
  }

  Asked(Question<T> question) {
    this.answer = new FutureTask<>(question::ask);
  }

  /** The first caller asks, the others wait for the same answer, or the same failure. */
  T get() throws FailureException, InterruptedException {
    answer.run();
    try {
      return answer.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case FailureException failure -> throw new FailureException(failure.failure(), failure);
        case InterruptedException _ -> throw new FailureException(givenUp());
        case RuntimeException error -> throw error;
        case null, default -> throw new IllegalStateException("asking", e.getCause());
      }
    }
  }

  private static Failure givenUp() {
    return new Failure.Stalled(
        "waiting for an answer", "none came in time", "see why it hangs, then look again");
  }
}
