package dev.promptrunner.store;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The answer to {@code why JOB}. */
public sealed interface Why {
  /**
   * The one job that the text names.
   *
   * @param row empty when it was never begun
   * @param reason why it was or was not reused when a run last looked, a line for each ground
   * @param attempts first to last
   * @param inputs of the last attempt: a digest by variable
   * @param artifacts by role
   */
  record Known(
      JobId job,
      Optional<JobRow> row,
      List<String> reason,
      List<AttemptRow> attempts,
      Map<String, Digest> inputs,
      List<ArtifactRow> artifacts,
      Optional<Progress> progress)
      implements Why {}

  /** The text fits several jobs. */
  record Ambiguous(List<JobId> jobs) implements Why {}

  /** The text fits none. */
  record Unknown(String text) implements Why {}
}
