package dev.promptrunner.comfy.process;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * How one server is started and kept.
 *
 * @param url where it will answer; on this machine, with a port
 * @param command for a shell
 * @param environment all variables of the process
 * @param directory where it starts
 * @param root the output root, absolute: log and state lie below it
 */
public record Launch(
    URI url,
    String command,
    Map<String, String> environment,
    Path directory,
    Path root,
    Limits limits) {
  public Launch {
    environment = Map.copyOf(environment);
  }

  /**
   * What is waited for, and how often.
   *
   * @param start from the start of the process until it takes jobs
   * @param stopGrace from the request to stop until it is killed
   * @param restarts how often it is started again within the window
   * @param memoryWatermark percent of the memory above which it is started anew between jobs; 0 for
   *     never
   */
  public record Limits(
      java.time.Duration start,
      java.time.Duration stopGrace,
      int restarts,
      java.time.Duration window,
      int memoryWatermark) {}

  int port() {
    return url.getPort();
  }

  /** What the process prints. */
  public Path log() {
    return root.resolve("logs").resolve("comfyui-" + port() + ".log");
  }

  Path state() {
    return root.resolve(".comfyui").resolve(port() + ".json");
  }
}
