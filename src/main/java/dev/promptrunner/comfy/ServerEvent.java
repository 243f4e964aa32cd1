package dev.promptrunner.comfy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a server says on its socket. Hints only: every one of them may be lost, and the history
 * record alone decides how a job ended.
 */
public sealed interface ServerEvent {
  /** The job it speaks of, where the server says so. */
  default Optional<String> promptId() {
    return Optional.empty();
  }

  /** Whether the job's history record is there or about to be written. */
  default boolean ended() {
    return false;
  }

  /** The queue changed; {@code queueRemaining} counts what runs and what waits. */
  record Status(int queueRemaining) implements ServerEvent {}

  record ExecutionStart(Optional<String> promptId) implements ServerEvent {}

  /** The nodes whose results the server still has; may be none. */
  record Cached(Optional<String> promptId, List<String> nodes) implements ServerEvent {}

  /**
   * A node starts.
   *
   * @param node empty: the job is over, well or not, and its history is written
   */
  record Executing(Optional<String> promptId, Optional<String> node) implements ServerEvent {
    @Override
    public boolean ended() {
      return node.isEmpty() && promptId.isPresent();
    }
  }

  /** A node's own bar, which it may start again: {@code value} of {@code max}. */
  record Progress(Optional<String> promptId, String node, double value, double max)
      implements ServerEvent {}

  /** Every node of the job that is not waiting. */
  record ProgressState(Optional<String> promptId, Map<String, NodeState> nodes)
      implements ServerEvent {
    /**
     * One node's part.
     *
     * @param state {@code running}, {@code finished} or {@code error}
     */
    public record NodeState(String state, double value, double max) {}
  }

  /** A node reported what it made; {@code output} is the report as sent. */
  record Executed(Optional<String> promptId, String node, List<OutputFile> files, JsonNode output)
      implements ServerEvent {}

  /** Sent before the history is written. */
  record Success(Optional<String> promptId) implements ServerEvent {
    @Override
    public boolean ended() {
      return true;
    }
  }

  /** A node failed. With a blocked node the job goes on and ends in success. */
  record Failed(Optional<String> promptId, NodeFailure failure) implements ServerEvent {
    @Override
    public boolean ended() {
      return !failure.blocked();
    }
  }

  record Interrupted(Optional<String> promptId, String node, String className)
      implements ServerEvent {
    @Override
    public boolean ended() {
      return true;
    }
  }

  /**
   * A picture of work in progress.
   *
   * @param node empty when the server did not say
   * @param mediaType {@code image/jpeg} or {@code image/png}
   * @param image not copied: leave it unchanged
   */
  @SuppressWarnings("ArrayRecordComponent") // megabytes, compared by nobody
  record Preview(Optional<String> promptId, Optional<String> node, String mediaType, byte[] image)
      implements ServerEvent {}

  /** A node's words for its user. */
  record Text(String node, String text) implements ServerEvent {}

  /** What the server can do, in answer to the handshake. */
  record Features(Map<String, String> values) implements ServerEvent {}

  /** A type this client has no use for; custom nodes send their own. */
  record Unknown(String type) implements ServerEvent {}
}
