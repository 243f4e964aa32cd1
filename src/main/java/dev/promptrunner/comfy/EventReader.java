package dev.promptrunner.comfy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Makes events of frames. Pure; a frame that makes no sense becomes an unknown event. */
final class EventReader {
  private static final int PREVIEW = 1;
  private static final int TEXT = 3;
  private static final int PREVIEW_WITH_METADATA = 4;
  private static final int PNG = 2;

  private EventReader() {}

  static ServerEvent text(String frame) {
    try {
      JsonNode message = Json.MAPPER.readTree(frame);
      return event(Json.string(message, "type"), message.path("data"));
    } catch (JacksonException e) {
      return new ServerEvent.Unknown("not JSON");
    }
  }

  private static ServerEvent event(String type, JsonNode data) {
    Optional<String> prompt = Json.text(data, "prompt_id");
    return switch (type) {
      case "status" -> status(data);
      case "execution_start" -> new ServerEvent.ExecutionStart(prompt);
      case "execution_cached" -> new ServerEvent.Cached(prompt, Json.strings(data.path("nodes")));
      case "executing" -> new ServerEvent.Executing(prompt, shownNode(data));
      case "progress" -> progress(prompt, data);
      case "progress_state" -> new ServerEvent.ProgressState(prompt, states(data.path("nodes")));
      case "executed" -> executed(prompt, data);
      case "execution_success" -> new ServerEvent.Success(prompt);
      case "execution_error" -> new ServerEvent.Failed(prompt, NodeFailure.of(data));
      case "execution_interrupted" ->
          new ServerEvent.Interrupted(
              prompt, Json.string(data, "node_id"), Json.string(data, "node_type"));
      case "feature_flags" -> new ServerEvent.Features(flags(data));
      default -> new ServerEvent.Unknown(type);
    };
  }

  private static ServerEvent status(JsonNode data) {
    JsonNode info = data.path("status").path("exec_info");
    return new ServerEvent.Status(info.path("queue_remaining").asInt(0));
  }

  private static Optional<String> shownNode(JsonNode data) {
    return Json.text(data, "display_node").or(() -> Json.text(data, "node"));
  }

  private static ServerEvent progress(Optional<String> prompt, JsonNode data) {
    return new ServerEvent.Progress(
        prompt,
        Json.string(data, "node"),
        data.path("value").asDouble(0),
        data.path("max").asDouble(0));
  }

  private static Map<String, ServerEvent.ProgressState.NodeState> states(JsonNode nodes) {
    Map<String, ServerEvent.ProgressState.NodeState> states = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> node : nodes.properties()) {
      JsonNode state = node.getValue();
      states.put(
          node.getKey(),
          new ServerEvent.ProgressState.NodeState(
              Json.string(state, "state"),
              state.path("value").asDouble(0),
              state.path("max").asDouble(0)));
    }
    return states;
  }

  private static ServerEvent executed(Optional<String> prompt, JsonNode data) {
    String node = shownNode(data).orElse("");
    JsonNode output = data.path("output");
    return new ServerEvent.Executed(prompt, node, OutputWalk.ofNode(node, output), output);
  }

  private static Map<String, String> flags(JsonNode data) {
    Map<String, String> flags = new LinkedHashMap<>();
    data.properties().forEach(flag -> flags.put(flag.getKey(), flag.getValue().toString()));
    return flags;
  }

  /** All integers of a binary frame are big-endian, which is a buffer's own order. */
  static ServerEvent binary(ByteBuffer frame) {
    if (frame.remaining() < 2 * Integer.BYTES) {
      return new ServerEvent.Unknown("short binary frame");
    }
    int type = frame.getInt();
    int second = frame.getInt();
    return switch (type) {
      case PREVIEW -> preview(second, frame);
      case TEXT -> nodeText(second, frame);
      case PREVIEW_WITH_METADATA -> previewWithMetadata(second, frame);
      default -> new ServerEvent.Unknown("binary " + type);
    };
  }

  private static ServerEvent preview(int format, ByteBuffer frame) {
    String mediaType = format == PNG ? "image/png" : "image/jpeg";
    return new ServerEvent.Preview(Optional.empty(), Optional.empty(), mediaType, rest(frame));
  }

  private static ServerEvent nodeText(int length, ByteBuffer frame) {
    if (length < 0 || length > frame.remaining()) {
      return new ServerEvent.Unknown("cut text frame");
    }
    return new ServerEvent.Text(utf8(frame, length), utf8(frame, frame.remaining()));
  }

  private static ServerEvent previewWithMetadata(int length, ByteBuffer frame) {
    if (length < 0 || length > frame.remaining()) {
      return new ServerEvent.Unknown("cut preview frame");
    }
    try {
      JsonNode about = Json.MAPPER.readTree(utf8(frame, length));
      Optional<String> node =
          Json.text(about, "display_node_id").or(() -> Json.text(about, "node_id"));
      return new ServerEvent.Preview(
          Json.text(about, "prompt_id"), node, Json.string(about, "image_type"), rest(frame));
    } catch (JacksonException e) {
      return new ServerEvent.Unknown("preview with broken metadata");
    }
  }

  private static String utf8(ByteBuffer frame, int length) {
    byte[] bytes = new byte[length];
    frame.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] rest(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }
}
