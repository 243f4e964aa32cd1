package dev.promptrunner.base;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Failure} to whoever owns the policy for it. */
public final class FailureException extends Exception {
  private final transient Failure failure;

  public FailureException(Failure failure) {
    this(failure, null);
  }

  public FailureException(Failure failure, @Nullable Throwable cause) {
    super(failure.kind() + ": " + failure.sentence(), cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
