package dev.promptrunner.execution;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.plan.VideoWork;
import java.nio.file.Path;

/** Takes a finished video away and proves that it arrived. Safe for concurrent use. */
public interface Deliverer {
  /** Where this work's archive belongs; the same work has the same address. */
  String uri(VideoWork work);

  /**
   * Returns when the archive was read back from the store.
   *
   * @param finalVideo verified
   */
  Receipt deliver(VideoWork work, Path finalVideo, Progress progress)
      throws FailureException, InterruptedException;

  /**
   * The proof of arrival.
   *
   * @param uri where it lies
   * @param checksum as the store told it
   * @param already whether the same bytes had been there before
   */
  record Receipt(String uri, long bytes, String checksum, boolean already) {}
}
