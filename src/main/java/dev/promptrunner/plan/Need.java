package dev.promptrunner.plan;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.nio.file.Path;

/** An input file of a job, by the recipe's variable that will name it to the server. */
public sealed interface Need {
  /** For example {@code reference} for {@code ${reference}}. */
  String variable();

  /** Made by another job of the plan. */
  record Made(String variable, JobId by, Role role) implements Need {}

  /**
   * Laid out by the user.
   *
   * @param digest of the file's content when the plan was made
   */
  record Given(String variable, Path file, Digest digest) implements Need {}
}
