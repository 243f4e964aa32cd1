package dev.promptrunner.app.doctor;

import dev.promptrunner.base.FailureException;
import java.util.List;
import java.util.Optional;

/** Whether the people who are to be told can be told. */
public final class NoticeCheck {
  private static final String NAME = "notices";

  private NoticeCheck() {}

  /** Asks the other side without telling anybody anything. */
  @FunctionalInterface
  public interface Reachable {
    /**
     * What was reached, in words without the address, which is a secret.
     *
     * @throws FailureException when a notice would not arrive
     */
    String reach() throws FailureException, InterruptedException;
  }

  /** No line without notices. */
  static List<Finding> look(Optional<Reachable> notices)
      throws FailureException, InterruptedException {
    return notices.isPresent()
        ? List.of(Finding.ok(Area.NOTICES, NAME, notices.get().reach()))
        : List.of();
  }
}
