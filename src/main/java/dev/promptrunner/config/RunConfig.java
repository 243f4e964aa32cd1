package dev.promptrunner.config;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.pod.After;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run takes in, where it works and how it ends.
 *
 * @param promptFiles files and folders
 * @param idleExit empty for never
 * @param retries of a job after a failure that may pass, 0 … 100
 * @param mediaWorkers 1 … 64
 * @param uploadWorkers 1 … 64
 * @param diskFloor free disk that a job must leave
 * @param diskPatience how long to wait for it before the run ends
 */
public record RunConfig(
    Engine engine,
    List<Path> promptFiles,
    Path output,
    Path recipe,
    boolean watch,
    Optional<Duration> idleExit,
    boolean keep,
    int retries,
    int mediaWorkers,
    int uploadWorkers,
    ByteSize diskFloor,
    Duration diskPatience,
    After after) {

  /** What renders. */
  public enum Engine {
    COMFYUI,
    SIMULATOR
  }

  static RunConfig of(Resolved settings) {
    return new RunConfig(
        settings.get(Keys.ENGINE),
        settings.get(Keys.PROMPT_FILES),
        settings.get(Keys.OUTPUT),
        settings.get(Keys.RECIPE),
        settings.get(Keys.WATCH),
        settings.get(Keys.IDLE_EXIT),
        settings.get(Keys.KEEP),
        settings.get(Keys.RETRIES),
        settings.get(Keys.MEDIA_WORKERS),
        settings.get(Keys.UPLOAD_WORKERS),
        settings.get(Keys.DISK_FLOOR),
        settings.get(Keys.DISK_PATIENCE),
        settings.get(Keys.AFTER));
  }
}
