package dev.promptrunner.sheet;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.explore.result.ResultFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Looks at all results of a folder, several at once, and keeps what it saw in {@link
 * ContactSheet#FOLDER} there: a file that has not changed since is not looked at again.
 */
public final class Looking {
  /**
   * Looks by this looker.
   *
   * @param threads how many files at once, ≥ 1
   */
  public Looking(Looker looker, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("not a number of threads: " + threads);
    }
  }

  /**
   * What was seen of each result, in their order. A file that cannot be looked at has its trouble
   * there.
   *
   * @throws FailureException when what was seen cannot be kept
   */
  public List<Entry> at(ResultFolder folder, Optional<Path> reference, Progress progress)
      throws FailureException, InterruptedException {
    throw new UnsupportedOperationException("follows");
  }
}
