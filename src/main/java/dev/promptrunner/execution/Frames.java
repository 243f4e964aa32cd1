package dev.promptrunner.execution;

import dev.promptrunner.base.FailureException;
import java.nio.file.Path;

/** What this machine can do with frames. Safe for concurrent use. */
public interface Frames {
  /**
   * The number of frames, after decoding all of them.
   *
   * @throws FailureException {@code BadOutput} when the file is not a video that decodes to its end
   */
  int count(Path video) throws FailureException;

  /**
   * The number of frames by the file's index, for a file whose frames were decoded when they were
   * made.
   */
  int countIndexed(Path video) throws FailureException;

  /**
   * Writes one frame as PNG, equal to sequential decoding.
   *
   * @param index from 0
   */
  void cut(Path video, int index, Path png) throws FailureException;
}
