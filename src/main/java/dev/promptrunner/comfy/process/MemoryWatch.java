package dev.promptrunner.comfy.process;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a server's memory calls for a new start between two jobs. A start that did not help is not
 * asked for again: then somebody else holds the memory. Thread-safe.
 */
final class MemoryWatch {
  private static final Logger log = LoggerFactory.getLogger(MemoryWatch.class);

  private final MemoryGauge gauge;
  private final int watermark;
  private boolean wanted;
  private boolean told;

  /**
   * @param watermark percent; 0 for never
   */
  MemoryWatch(MemoryGauge gauge, int watermark) {
    this.gauge = gauge;
    this.watermark = watermark;
  }

  /**
   * Looks.
   *
   * @param ofServer bytes that the server's processes hold
   * @return why, for the log and the events
   */
  synchronized Optional<String> restartWanted(long ofServer) {
    if (watermark == 0) {
      return Optional.empty();
    }
    MemoryGauge.Reading reading = gauge.read(ofServer);
    if (reading.percent() < watermark) {
      wanted = false;
      told = false;
      return Optional.empty();
    }
    if (wanted) {
      tellOnce(reading);
      return Optional.empty();
    }
    wanted = true;
    return Optional.of(
        "%d %% of %s memory are in use, comfyui.memory-watermark is %d %%"
            .formatted(reading.percent(), reading.whose(), watermark));
  }

  private void tellOnce(MemoryGauge.Reading reading) {
    if (!told) {
      told = true;
      log.warn(
          "{} % of {} memory are in use although the server was started anew: something else"
              + " holds it",
          reading.percent(), reading.whose());
    }
  }
}
