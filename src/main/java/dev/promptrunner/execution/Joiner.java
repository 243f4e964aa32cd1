package dev.promptrunner.execution;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.FrameRange;
import java.nio.file.Path;
import java.util.List;

/** Joins videos into one, by stream copy where that is exact. Safe for concurrent use. */
@FunctionalInterface
public interface Joiner {
  /** Writes the frames kept of each piece, in order, each once. */
  void join(List<Piece> pieces, Path target) throws FailureException;

  /**
   * A part of the joined video.
   *
   * @param keep frames within the file
   */
  record Piece(Path file, FrameRange keep) {}
}
