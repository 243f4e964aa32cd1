package dev.promptrunner.execution;

import dev.promptrunner.base.ByteSize;
import java.time.Duration;

/**
 * How a plan is carried out.
 *
 * @param attempts how often a job is tried before its prompt file stops, ≥ 1
 * @param firstBackOff the pause before the second try; doubled each time, with jitter
 * @param mediaWorkers FFmpeg jobs at a time, ≥ 1
 * @param uploadWorkers uploads at a time, ≥ 1
 * @param disk what is done when the disk fills up
 * @param keep whether artifacts that later ones supersede are kept
 * @param leastFrames the fewest frames a chunk may come down to when a GPU's memory is not enough
 *     for it; 0 leaves chunks as they are
 */
public record ExecutionSettings(
    int attempts,
    Duration firstBackOff,
    int mediaWorkers,
    int uploadWorkers,
    DiskLimits disk,
    boolean keep,
    int leastFrames) {
  public ExecutionSettings {
    if (attempts < 1 || mediaWorkers < 1 || uploadWorkers < 1) {
      throw new IllegalArgumentException(
          "attempts %d, media workers %d and upload workers %d must each be at least 1"
              .formatted(attempts, mediaWorkers, uploadWorkers));
    }
  }

  public static ExecutionSettings defaults() {
    return new ExecutionSettings(
        3,
        Duration.ofSeconds(2),
        1,
        1,
        new DiskLimits(ByteSize.ofMegabytes(2_000), Duration.ofMinutes(10)),
        false,
        33);
  }
}
