package dev.promptrunner.simulator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells a job's owner what happens, and keeps what the history will repeat. Without an owner only
 * progress, previews and an interrupt are sent, and those to everybody. Used by the worker alone.
 */
final class JobEvents {
  private static final int PREVIEW = 1;
  private static final int PREVIEW_WITH_METADATA = 4;
  private static final int JPEG = 1;

  private final Sockets sockets;
  private final String prompt;
  private final Optional<String> owner;
  private final Clock clock;
  private final ArrayNode messages = Json.array();

  JobEvents(Sockets sockets, QueuedPrompt prompt, Clock clock) {
    this.sockets = sockets;
    this.prompt = prompt.id();
    this.owner = prompt.client();
    this.clock = clock;
  }

  /** For the history: start, cached and the end. */
  ArrayNode messages() {
    return messages;
  }

  void started() {
    keep("execution_start", data());
  }

  void cached(List<String> nodes) {
    ObjectNode data = Json.object();
    data.set("nodes", Json.array(nodes));
    keep("execution_cached", data.put("prompt_id", prompt));
  }

  void executing(String node) {
    sockets.running(owner, Optional.of(node));
    toOwner(
        "executing",
        Json.object().put("node", node).put("display_node", node).put("prompt_id", prompt));
  }

  void executed(String node, Optional<ObjectNode> shown) {
    ObjectNode data = Json.object().put("node", node).put("display_node", node);
    shown.ifPresentOrElse(output -> data.set("output", output), () -> data.putNull("output"));
    toOwner("executed", data.put("prompt_id", prompt));
  }

  void state(ProgressBoard board) {
    sockets.send(owner, "progress_state", board.state());
  }

  /** A step of a node's bar, with its picture in whichever form each client has asked for. */
  void progress(String node, int value, int max, Optional<byte[]> preview) {
    preview.ifPresent(jpeg -> sockets.preview(owner, true, withMetadata(node, jpeg)));
    ObjectNode data = Json.object().put("value", value).put("max", max);
    sockets.send(owner, "progress", data.put("prompt_id", prompt).put("node", node));
    preview.ifPresent(jpeg -> sockets.preview(owner, false, plain(jpeg)));
  }

  void succeeded() {
    keep("execution_success", data());
  }

  void failed(ObjectNode details) {
    keep("execution_error", data().setAll(details));
  }

  void interrupted(ObjectNode details) {
    ObjectNode data = stamped(data().setAll(details));
    remember("execution_interrupted", data);
    sockets.send(owner, "execution_interrupted", data);
  }

  /** The worker has let go of the job; its record stands in the history. */
  void finished() {
    sockets.running(owner, Optional.empty());
    toOwner("executing", Json.object().putNull("node").put("prompt_id", prompt));
  }

  private void keep(String type, ObjectNode data) {
    ObjectNode stamped = stamped(data);
    remember(type, stamped);
    toOwner(type, stamped);
  }

  private void remember(String type, ObjectNode data) {
    messages.add(Json.array().add(type).add(data));
  }

  private void toOwner(String type, ObjectNode data) {
    if (owner.isPresent()) {
      sockets.send(owner, type, data);
    }
  }

  private ObjectNode data() {
    return Json.object().put("prompt_id", prompt);
  }

  private ObjectNode stamped(ObjectNode data) {
    return data.put("timestamp", clock.millis());
  }

  private static byte[] plain(byte[] jpeg) {
    return ByteBuffer.allocate(8 + jpeg.length).putInt(PREVIEW).putInt(JPEG).put(jpeg).array();
  }

  private byte[] withMetadata(String node, byte[] jpeg) {
    ObjectNode about =
        Json.object()
            .put("node_id", node)
            .put("prompt_id", prompt)
            .put("display_node_id", node)
            .putNull("parent_node_id")
            .put("real_node_id", node)
            .put("image_type", "image/jpeg");
    byte[] json = Json.text(about).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + json.length + jpeg.length)
        .putInt(PREVIEW_WITH_METADATA)
        .putInt(json.length)
        .put(json)
        .put(jpeg)
        .array();
  }
}
