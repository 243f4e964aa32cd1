package dev.promptrunner.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How ComfyUI's processes are started and kept, when that is this program's to do.
 *
 * @param command for a shell; empty for the folder's own
 * @param folder where ComfyUI is installed
 * @param arguments flags added to the folder's own command
 * @param gpus one for each server, or none
 * @param stopGrace between the request to end and the kill
 * @param restarts within the window, ≥ 0
 * @param memoryWatermark percent; 0 for never
 * @param freeBetween whether memory is freed between prompt files
 */
public record ProcessConfig(
    Optional<String> command,
    Optional<Path> folder,
    Optional<String> arguments,
    List<String> gpus,
    Duration stopGrace,
    int restarts,
    Duration restartWindow,
    int memoryWatermark,
    boolean freeBetween) {
  public ProcessConfig {
    gpus = List.copyOf(gpus);
  }

  /** Whether servers are started here at all. */
  public boolean supervised() {
    return command.isPresent() || folder.isPresent();
  }

  /** The GPU of the server with this index, from 0. */
  public Optional<String> gpu(int server) {
    return server < gpus.size() ? Optional.of(gpus.get(server)) : Optional.empty();
  }

  static ProcessConfig of(Resolved settings) {
    return new ProcessConfig(
        settings.get(Keys.COMFYUI_COMMAND),
        settings.get(Keys.COMFYUI_FOLDER),
        settings.get(Keys.COMFYUI_ARGUMENTS),
        settings.get(Keys.COMFYUI_GPUS).orElse(List.of()),
        settings.get(Keys.COMFYUI_STOP_GRACE),
        settings.get(Keys.COMFYUI_RESTARTS),
        settings.get(Keys.COMFYUI_RESTART_WINDOW),
        settings.get(Keys.COMFYUI_MEMORY_WATERMARK),
        settings.get(Keys.COMFYUI_FREE_BETWEEN));
  }
}
