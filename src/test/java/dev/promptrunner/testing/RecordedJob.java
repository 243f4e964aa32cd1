package dev.promptrunner.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A job of a real ComfyUI as one client saw it, to be played again through a {@link ScriptedComfy}.
 *
 * @param submitted the recorded answer to {@code POST /prompt}
 * @param events what came on the socket after it
 * @param record the history record; missing when the job was refused
 */
public record RecordedJob(JsonNode submitted, List<JsonNode> events, JsonNode record) {
  private static final String TERMINAL = "execution_success execution_error execution_interrupted";

  public static RecordedJob read(String name) {
    List<JsonNode> lines = lines(name);
    JsonNode submitted = null;
    JsonNode record = ScriptedComfy.JSON.createObjectNode().path("none");
    List<JsonNode> events = new ArrayList<>();
    for (JsonNode line : lines) {
      String request = line.path("req").asString("");
      if (request.equals("POST /prompt")) {
        submitted = line;
      } else if (request.startsWith("GET /history")) {
        record = line.path("response").values().iterator().next();
      } else if (submitted != null && line.path("dir").asString().equals("ws")) {
        events.add(line);
      }
    }
    return new RecordedJob(submitted, events, record);
  }

  public static List<JsonNode> lines(String name) {
    return text(name).lines().map(ScriptedComfy.JSON::readTree).toList();
  }

  /** A recorded file as it is. */
  public static String text(String name) {
    try (InputStream in = RecordedJob.class.getResourceAsStream("/comfyui-fixtures/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int status() {
    return submitted.path("status").asInt();
  }

  private String id() {
    return submitted.path("response").path("prompt_id").asString();
  }

  /** Everything in the recorded order; the history is written right after the terminal event. */
  public ScriptedComfy.Script script(ScriptedComfy server) {
    return promptId -> {
      for (JsonNode event : events) {
        play(server, event, promptId);
      }
    };
  }

  /** The record waits until the client has heard: how it ended is then what the socket said. */
  private void play(ScriptedComfy server, JsonNode event, String promptId)
      throws InterruptedException {
    if (event.has("binary_type")) {
      server.emit(binary(event, promptId));
      return;
    }
    String type = event.path("text").path("type").asString();
    server.emit(event.path("text").toString().replace(id(), promptId));
    if (TERMINAL.contains(type)) {
      server.socket().awaitRead();
      server.finishSilently(promptId, record.toString().replace(id(), promptId));
    }
  }

  /** The recording keeps the first 64 bytes and the length; the rest is made up around them. */
  private static byte[] binary(JsonNode event, String promptId) {
    byte[] about =
        ("{\"node_id\":\"54\",\"prompt_id\":\"" + promptId + "\",\"image_type\":\"image/jpeg\"}")
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(event.path("bytes").asInt());
    frame.putInt(event.path("binary_type").asInt()).putInt(about.length).put(about);
    return frame.array();
  }
}
