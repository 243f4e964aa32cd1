package dev.promptrunner.comfy.process;

import dev.promptrunner.comfy.QueueState;
import dev.promptrunner.comfy.ServerStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server at one moment.
 *
 * @param own its process, when this program has started it
 * @param answer empty when it does not answer
 * @param lastError the newest line of its log since its start that looks like an error
 * @param log where its output goes, when this program has started it
 */
public record ServerStatus(
    String address,
    Optional<Own> own,
    Optional<Answer> answer,
    Optional<String> lastError,
    Path log) {
  /**
   * A process of ours.
   *
   * @param by {@code run} or {@code comfyui start}
   * @param resident bytes that it and its children hold in memory
   */
  public record Own(long pid, String by, Duration uptime, long resident) {}

  /** What it says of itself. */
  public record Answer(ServerStats stats, QueueState queue) {}

  /** Whether it can be used. */
  public boolean running() {
    return answer.isPresent();
  }
}
