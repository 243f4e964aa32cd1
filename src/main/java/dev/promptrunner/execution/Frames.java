package dev.promptrunner.execution;

import dev.promptrunner.base.FailureException;
import java.nio.file.Path;
import java.util.Optional;

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
   * Decodes whatever a workflow saved: the number of frames of a video, 1 for an image, 0 for a
   * file of another kind, which is not looked into.
   *
   * @throws FailureException {@code BadOutput} when a video or image does not decode to its end
   */
  int countResult(Path file) throws FailureException;

  /**
   * What is wrong with the pictures of a video that decodes, as a clause: {@code it is black from
   * its first frame to its last}; empty when nothing is, or nobody asked for the check.
   */
  default Optional<String> flaw(Path video) throws FailureException {
    return Optional.empty();
  }

  /**
   * Writes one frame as PNG, equal to sequential decoding.
   *
   * @param index from 0
   */
  void cut(Path video, int index, Path png) throws FailureException;
}
