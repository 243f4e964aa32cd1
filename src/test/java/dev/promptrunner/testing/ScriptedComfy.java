package dev.promptrunner.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server with the routes and the manners of ComfyUI whose jobs do what a script says: queue
 * before answer, success before history, history before status. Any route can be replaced.
 */
public final class ScriptedComfy implements AutoCloseable {
  public static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final LoopbackServer server;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<JsonNode> prompts = new CopyOnWriteArrayList<>();
  private final List<LoopbackServer.Request> requests = new CopyOnWriteArrayList<>();
  private final List<WebSocketPeer> sockets = new CopyOnWriteArrayList<>();
  private final Map<String, JsonNode> queued = new LinkedHashMap<>();
  private final Map<String, String> history = new ConcurrentHashMap<>();
  private final Queue<Throwable> troubles = new ConcurrentLinkedQueue<>();
  private volatile boolean deaf;

  /** What one job does, on a thread of its own, from the moment it is queued. */
  @FunctionalInterface
  public interface Script {
    void run(String promptId) throws Exception;
  }

  /** Answers a route; false ends the connection. */
  @FunctionalInterface
  public interface Route {
    boolean answer(LoopbackServer.Request request, Socket socket) throws IOException;
  }

  public ScriptedComfy() throws IOException {
    this.server = new LoopbackServer(this::route);
  }

  public URI url() {
    return server.url();
  }

  /** The next job that is sent does this; without a script it stays in the queue. */
  public ScriptedComfy next(Script script) {
    scripts.add(script);
    return this;
  }

  /** Replaces a route, such as {@code GET /history}: its first path part alone counts. */
  public ScriptedComfy on(String route, Route answer) {
    routes.put(route, answer);
    return this;
  }

  public ScriptedComfy onJson(String route, int status, String body) {
    return on(
        route,
        (_, socket) -> {
          LoopbackServer.json(socket, status, body);
          return true;
        });
  }

  /** Back to the usual answer. */
  public void restore(String route) {
    routes.remove(route);
  }

  /** From now on the socket stays open and hears nothing, as after a lost registration. */
  public void deaf(boolean nothing) {
    deaf = nothing;
  }

  /** Every body that came to {@code POST /prompt}. */
  public List<JsonNode> prompts() {
    return prompts;
  }

  public List<LoopbackServer.Request> requests() {
    return requests;
  }

  public long count(String method, String path) {
    return requests.stream()
        .filter(each -> each.method().equals(method) && each.path().startsWith(path))
        .count();
  }

  /** Sockets ever opened, the newest last. */
  public List<WebSocketPeer> sockets() {
    return sockets;
  }

  public WebSocketPeer socket() {
    return sockets.getLast();
  }

  /** Errors of the scripts themselves. */
  public Queue<Throwable> troubles() {
    return troubles;
  }

  /** Sends to the newest socket, unless it is deaf. */
  public void emit(String message) {
    if (!deaf && !sockets.isEmpty()) {
      socket().send(message);
    }
  }

  public void emit(byte[] message) {
    if (!deaf && !sockets.isEmpty()) {
      socket().send(message);
    }
  }

  public void emit(String type, String data) {
    emit("{\"type\":\"" + type + "\",\"data\":" + data + "}");
  }

  /** Puts a job into the queue as if someone had sent it. */
  public void enqueue(String promptId, JsonNode graph) {
    synchronized (queued) {
      queued.put(promptId, graph);
    }
    status();
  }

  /** Moves a job from the queue to the history in one step and tells of it. */
  public void finish(String promptId, String record) {
    synchronized (queued) {
      history.put(promptId, record);
      queued.remove(promptId);
    }
    status();
    emit("executing", "{\"node\":null,\"prompt_id\":\"" + promptId + "\"}");
  }

  /** Writes the record and says nothing. */
  public void finishSilently(String promptId, String record) {
    synchronized (queued) {
      history.put(promptId, record);
      queued.remove(promptId);
    }
  }

  /** Forgets everything, as a restart does. */
  public void forgetAll() {
    synchronized (queued) {
      queued.clear();
      history.clear();
    }
  }

  public void status() {
    int remaining;
    synchronized (queued) {
      remaining = queued.size();
    }
    emit("status", "{\"status\":{\"exec_info\":{\"queue_remaining\":" + remaining + "}}}");
  }

  private boolean route(LoopbackServer.Request request, Socket socket) throws IOException {
    requests.add(request);
    String first = request.path().split("/")[1];
    Route replaced = routes.get(request.method() + " /" + first);
    return replaced != null ? replaced.answer(request, socket) : usual(first, request, socket);
  }

  private boolean usual(String first, LoopbackServer.Request request, Socket socket)
      throws IOException {
    switch (request.method() + " " + first) {
      case "GET ws" -> {
        return connect(request, socket);
      }
      case "POST prompt" -> LoopbackServer.json(socket, 200, accept(request));
      case "GET queue" -> LoopbackServer.json(socket, 200, queue());
      case "GET history" ->
          LoopbackServer.json(socket, 200, historyOf(request.path().substring(9)));
      case "POST queue" -> {
        JSON.readTree(request.body()).path("delete").forEach(id -> drop(id.asString()));
        LoopbackServer.answer(socket, 200, Map.of(), new byte[0]);
      }
      case "POST interrupt", "POST free", "POST history" ->
          LoopbackServer.answer(socket, 200, Map.of(), new byte[0]);
      default -> LoopbackServer.answer(socket, 404, Map.of(), new byte[0]);
    }
    return true;
  }

  private boolean connect(LoopbackServer.Request request, Socket socket) throws IOException {
    WebSocketPeer peer = new WebSocketPeer(socket, request);
    sockets.add(peer);
    if (!deaf) {
      peer.send(
          "{\"type\":\"status\",\"data\":{\"status\":{\"exec_info\":{\"queue_remaining\":0}},\"sid\":\""
              + peer.clientId()
              + "\"}}");
    }
    peer.readToEnd();
    return false;
  }

  /** The job is in the queue before the answer is written. */
  public String accept(LoopbackServer.Request request) {
    JsonNode body = JSON.readTree(request.body());
    String promptId = body.path("prompt_id").asString();
    int number = prompts.size();
    prompts.add(body);
    enqueue(promptId, body);
    Script script = scripts.poll();
    if (script != null) {
      Thread.ofVirtual().name("script").start(() -> run(script, promptId));
    }
    return "{\"prompt_id\":\"" + promptId + "\",\"number\":" + number + ",\"node_errors\":{}}";
  }

  private void run(Script script, String promptId) {
    try {
      script.run(promptId);
    } catch (Throwable e) {
      troubles.add(e);
    }
  }

  /** The first runs, the others wait, in no particular order. */
  private String queue() {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode running = answer.putArray("queue_running");
    ArrayNode pending = answer.putArray("queue_pending");
    synchronized (queued) {
      ArrayDeque<ArrayNode> waiting = new ArrayDeque<>();
      int number = 0;
      for (Map.Entry<String, JsonNode> job : queued.entrySet()) {
        ArrayNode item = JSON.createArrayNode().add(number++).add(job.getKey());
        item.add(job.getValue().path("prompt"));
        item.addObject().put("client_id", job.getValue().path("client_id").asString(""));
        item.addArray();
        if (running.isEmpty()) {
          running.add(item);
        } else {
          waiting.push(item);
        }
      }
      waiting.forEach(pending::add);
    }
    return answer.toString();
  }

  private String historyOf(String promptId) {
    String record = history.get(promptId);
    return record == null ? "{}" : "{\"" + promptId + "\":" + record + "}";
  }

  private void drop(String promptId) {
    boolean pending;
    synchronized (queued) {
      pending = queued.containsKey(promptId) && !queued.keySet().iterator().next().equals(promptId);
      if (pending) {
        queued.remove(promptId);
      }
    }
    if (pending) {
      status();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
