package dev.promptrunner.execution;

import dev.promptrunner.base.ByteSize;
import java.time.Duration;

/**
 * What a run does on a disk that fills up.
 *
 * @param floor free space that a job has to leave
 * @param patience how long a run with nothing else to do waits for room before it ends; not
 *     negative
 */
public record DiskLimits(ByteSize floor, Duration patience) {
  public DiskLimits {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience " + patience + " must not be negative");
    }
  }
}
