package dev.promptrunner.simulator;

import io.javalin.websocket.WsContext;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The open sockets, by client id; what is sent goes out in the order of the calls. A message to a
 * client that is not connected is dropped without a word, as ComfyUI does. Thread-safe; no call
 * waits for a slow reader.
 */
final class Sockets {
  static final int MAX_UPLOAD_BYTES = 104_857_600;

  private final Map<String, Client> clients = new LinkedHashMap<>();
  private Optional<Executing> executing = Optional.empty();

  /** Which node runs now, and for whom. */
  private record Executing(String client, String node) {}

  /** One open socket. */
  private static final class Client {
    private final WsContext context;
    private boolean greeted;
    private boolean wantsMetadata;
    private boolean deaf;

    Client(WsContext context) {
      this.context = context;
    }

    boolean owns(WsContext other) {
      return context.session.equals(other.session);
    }

    void send(String text) {
      if (!deaf) {
        context.send(text);
      }
    }
  }

  /** Features that the server offers, over the socket and at {@code GET /features}. */
  static ObjectNode features() {
    return Json.object()
        .put("supports_preview_metadata", true)
        .put("max_upload_size", MAX_UPLOAD_BYTES);
  }

  /** A new socket replaces the one of the same id, which stays open and gets nothing more. */
  synchronized void connected(WsContext context, String id, int remaining) {
    Client client = new Client(context);
    clients.put(id, client);
    client.send(message("status", status(remaining).put("sid", id)));
    executing
        .filter(now -> now.client().equals(id))
        .ifPresent(now -> client.send(message("executing", Json.object().put("node", now.node()))));
  }

  /** Only the first message counts, and only when it names features. */
  synchronized void received(WsContext context, JsonNode text) {
    for (Client client : addressees(Optional.empty())) {
      if (client.owns(context) && !client.greeted) {
        client.greeted = true;
        if ("feature_flags".equals(text.path("type").asString(""))) {
          client.wantsMetadata =
              text.path("data").path("supports_preview_metadata").asBoolean(false);
          client.send(message("feature_flags", features()));
        }
      }
    }
  }

  synchronized void closed(WsContext context) {
    clients.values().removeIf(client -> client.owns(context));
  }

  synchronized void broadcastStatus(int remaining) {
    String text = message("status", status(remaining));
    addressees(Optional.empty()).forEach(client -> client.send(text));
  }

  /** Remembers which node runs, for a client that connects again. */
  synchronized void running(Optional<String> client, Optional<String> node) {
    executing = client.flatMap(id -> node.map(name -> new Executing(id, name)));
  }

  /** Sends to one client, or to everybody when there is none. */
  synchronized void send(Optional<String> client, String type, ObjectNode data) {
    String text = message(type, data);
    addressees(client).forEach(addressee -> addressee.send(text));
  }

  /** Sends a picture to those who asked for its metadata (type 4), or to those who did not (1). */
  synchronized void preview(Optional<String> client, boolean metadata, byte[] frame) {
    for (Client addressee : addressees(client)) {
      if (addressee.wantsMetadata == metadata && !addressee.deaf) {
        addressee.context.send(ByteBuffer.wrap(frame));
      }
    }
  }

  /** Cuts the connection of one client without a closing handshake. */
  synchronized void cut(String id) {
    Optional.ofNullable(clients.remove(id))
        .ifPresent(client -> client.context.session.disconnect());
  }

  /** All sockets stay open and get nothing any more. */
  synchronized void deafen() {
    clients.values().forEach(client -> client.deaf = true);
  }

  /** A copy: a send that fails may come back at once as {@link #closed}. */
  private List<Client> addressees(Optional<String> id) {
    if (id.isEmpty()) {
      return List.copyOf(clients.values());
    }
    List<Client> one = new ArrayList<>();
    Optional.ofNullable(clients.get(id.get())).ifPresent(one::add);
    return one;
  }

  private static ObjectNode status(int remaining) {
    ObjectNode data = Json.object();
    data.putObject("status").putObject("exec_info").put("queue_remaining", remaining);
    return data;
  }

  private static String message(String type, ObjectNode data) {
    ObjectNode message = Json.object().put("type", type);
    message.set("data", data);
    return Json.text(message);
  }
}
