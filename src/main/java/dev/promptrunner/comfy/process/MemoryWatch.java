package dev.promptrunner.comfy.process;

import java.util.Optional;

/**
 * When a server's memory calls for a new start between two jobs. Never when a new one has as much:
 * then somebody else holds it, or the watermark is too low, and a start cannot help. Thread-safe.
 */
final class MemoryWatch {
  private final MemoryGauge gauge;
  private final int watermark;
  private boolean useless;

  /**
   * @param watermark percent; 0 for never
   */
  MemoryWatch(MemoryGauge gauge, int watermark) {
    this.gauge = gauge;
    this.watermark = watermark;
  }

  /**
   * Looks at a server that has not done a job since its start.
   *
   * @param ofServer bytes that its processes hold
   * @return why no start will be asked for until its memory was below the watermark; told once
   */
  synchronized Optional<String> startedAnew(long ofServer) {
    MemoryGauge.Reading reading = gauge.read(ofServer);
    boolean before = useless;
    useless = isAbove(reading);
    return useless && !before
        ? Optional.of(
            words(reading)
                + " just after its start: it is not started anew for its memory; raise it, or end"
                + " what else holds memory")
        : Optional.empty();
  }

  /**
   * Looks before a job.
   *
   * @param ofServer bytes that the server's processes hold
   * @return why, for the log and the events
   */
  synchronized Optional<String> restartWanted(long ofServer) {
    MemoryGauge.Reading reading = gauge.read(ofServer);
    boolean above = isAbove(reading);
    useless &= above;
    return above && !useless ? Optional.of(words(reading)) : Optional.empty();
  }

  private boolean isAbove(MemoryGauge.Reading reading) {
    return watermark > 0 && reading.percent() >= watermark;
  }

  private String words(MemoryGauge.Reading reading) {
    return "%d %% of %s memory are in use, comfyui.memory-watermark is %d %%"
        .formatted(reading.percent(), reading.whose(), watermark);
  }
}
