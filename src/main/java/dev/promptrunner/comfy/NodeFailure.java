package dev.promptrunner.comfy;

import tools.jackson.databind.JsonNode;

/**
 * A node that failed while the job ran. The server's traceback is left out: it shows the paths of
 * another machine and says nothing to a user.
 *
 * @param exceptionType as Python names it: {@code ValueError}, {@code torch.OutOfMemoryError}
 * @param message without the closing line end that ComfyUI adds
 */
public record NodeFailure(String nodeId, String className, String exceptionType, String message) {
  static NodeFailure of(JsonNode data) {
    return new NodeFailure(
        Json.string(data, "node_id"),
        Json.string(data, "node_type"),
        Json.string(data, "exception_type"),
        Json.string(data, "exception_message").strip());
  }

  /** An ExecutionBlocker with a message: what depends on it is left out, the job goes on. */
  boolean blocked() {
    return exceptionType.equals("ExecutionBlocked");
  }
}
