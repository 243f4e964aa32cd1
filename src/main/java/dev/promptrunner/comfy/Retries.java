package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;

/**
 * Tries idempotent requests again with growing, jittered pauses. How often and how long to wait is
 * Resilience4j's; the waiting itself is the {@link Sleeper}'s, so that it can be interrupted and
 * tests need not wait.
 */
final class Retries {
  private final Retry policy;
  private final Sleeper sleeper;

  Retries(int attempts, Sleeper sleeper) {
    this.policy =
        Retry.of(
            "comfyui",
            RetryConfig.custom()
                .maxAttempts(attempts)
                .intervalFunction(
                    IntervalFunction.ofExponentialRandomBackoff(
                        Duration.ofMillis(200), 2.0, 0.5, Duration.ofSeconds(5)))
                .retryOnException(Retries::mayPass)
                .build());
    this.sleeper = sleeper;
  }

  /** Something that may fail for a while. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws FailureException, InterruptedException;
  }

  <T> T run(Attempt<T> attempt) throws FailureException, InterruptedException {
    Budget budget = budget();
    while (true) {
      try {
        return attempt.run();
      } catch (FailureException e) {
        budget.spend(e);
      }
    }
  }

  /** A count of attempts for a caller that loops by itself. */
  Budget budget() {
    return new Budget();
  }

  private static boolean mayPass(Throwable e) {
    return e instanceof FailureException failed
        && (failed.failure() instanceof Failure.Transient
            || failed.failure() instanceof Failure.ServerLost);
  }

  final class Budget {
    private final Retry.AsyncContext<Object> attempts = policy.asyncContext();

    /** Waits before the next attempt, or throws the failure when there is none left. */
    void spend(FailureException e) throws FailureException, InterruptedException {
      long pause = attempts.onError(e);
      if (pause < 0) {
        throw e;
      }
      sleeper.sleep(Duration.ofMillis(pause));
    }
  }
}
