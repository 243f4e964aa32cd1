package dev.promptrunner.simulator;

import dev.promptrunner.media.MediaException;
import dev.promptrunner.simulator.node.Inputs;
import dev.promptrunner.simulator.node.Node;
import dev.promptrunner.simulator.node.NodeException;
import dev.promptrunner.simulator.node.NodeResult;
import dev.promptrunner.simulator.node.Nodes;
import dev.promptrunner.simulator.node.ProcessingInterrupted;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Runs one prompt from its first node to its end. Used once, by the worker. */
final class GraphRun {
  private static final Logger LOG = LoggerFactory.getLogger(GraphRun.class);

  private final QueuedPrompt prompt;
  private final Engine engine;
  private final NodeCache cache;
  private final ModelSlot models;
  private final JobFaults faults;
  private final JobEvents events;
  private final ProgressBoard board;
  private final Set<String> executed = new LinkedHashSet<>();

  GraphRun(
      QueuedPrompt prompt, Engine engine, NodeCache cache, ModelSlot models, JobFaults faults) {
    this.prompt = prompt;
    this.engine = engine;
    this.cache = cache;
    this.models = models;
    this.faults = faults;
    this.events = new JobEvents(engine.sockets(), prompt, engine.clock());
    this.board = new ProgressBoard(prompt.id());
  }

  JobEvents events() {
    return events;
  }

  /**
   * Runs to the end that the client is told of.
   *
   * @throws InterruptedException when the server closes or crashes in between
   */
  Ending run() throws InterruptedException {
    events.started();
    cache.begin(prompt.graph());
    events.cached(prompt.graph().propertyNames().stream().filter(this::isCached).toList());
    ExecutionOrder order = new ExecutionOrder(prompt.graph(), this::isOutput, this::isCached);
    prompt.targets().forEach(order::add);
    for (Optional<String> next = order.next(); next.isPresent(); next = order.next()) {
      Ending ending = node(next.get());
      if (ending != Ending.SUCCESS) {
        return ending;
      }
      order.done(next.get());
    }
    if (faults.has(Fault.Kind.DROP_SOCKET)) {
      prompt.client().ifPresent(engine.sockets()::cut);
    }
    events.succeeded();
    return Ending.SUCCESS;
  }

  /** What the history will say. */
  ObjectNode history(Ending ending) {
    ObjectNode history = Json.object();
    history.set("prompt", prompt.item());
    ObjectNode outputs = history.putObject("outputs");
    ObjectNode status = history.putObject("status").put("status_str", ending.status());
    status.put("completed", ending == Ending.SUCCESS).set("messages", events.messages());
    ObjectNode meta = history.putObject("meta");
    for (String id : prompt.graph().propertyNames()) {
      cache.find(id).flatMap(NodeCache.Entry::shown).ifPresent(shown -> outputs.set(id, shown));
    }
    outputs.propertyNames().forEach(id -> meta.set(id, meta(id)));
    return history;
  }

  private static ObjectNode meta(String id) {
    return Json.object()
        .put("node_id", id)
        .put("display_node", id)
        .putNull("parent_node")
        .put("real_node_id", id);
  }

  private Ending node(String id) throws InterruptedException {
    Optional<NodeCache.Entry> known = cache.find(id);
    if (known.isPresent()) {
      events.executed(id, known.get().shown());
      board.finish(id);
      events.state(board);
      return Ending.SUCCESS;
    }
    board.start(id);
    events.state(board);
    events.executing(id);
    return executed(id, inputs(id));
  }

  private Ending executed(String id, Inputs inputs) throws InterruptedException {
    try {
      faults.checkInterrupt();
      NodeResult result = call(id, inputs);
      cache.put(id, new NodeCache.Entry(result.values(), result.shown()));
      executed.add(id);
      result.shown().ifPresent(shown -> events.executed(id, result.shown()));
      board.finish(id);
      events.state(board);
      return Ending.SUCCESS;
    } catch (ProcessingInterrupted e) {
      events.interrupted(where(id));
      return Ending.INTERRUPTED;
    } catch (NodeException e) {
      return failed(id, inputs, e);
    }
  }

  private NodeResult call(String id, Inputs inputs)
      throws NodeException, ProcessingInterrupted, InterruptedException {
    String type = type(id);
    Node node =
        Nodes.find(type)
            .orElseThrow(
                () ->
                    new NodeException(
                        "NotImplementedError",
                        "the simulator knows the inputs of " + type + " but cannot run it"));
    if (isOutput(id)) {
      faults.middle();
    }
    faults.hold(Math.max(inputs.integer("num_frames", 0), inputs.integer("length", 0)));
    try {
      return node.run(inputs, new NodeRun(id, engine, models, events, board, faults));
    } catch (MediaException e) {
      throw new NodeException("RuntimeError", String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new NodeException("OSError", e.toString(), e);
    } catch (RuntimeException e) {
      LOG.warn("node {} of class {} failed unexpectedly", id, type, e);
      throw new NodeException("RuntimeError", e.toString(), e);
    }
  }

  private Ending failed(String id, Inputs inputs, NodeException e) {
    ObjectNode details = where(id);
    details.put("exception_message", e.getMessage() + "\n").put("exception_type", e.type());
    details.set(
        "traceback",
        Json.array(List.of("  in node " + id + " (" + type(id) + ") of the simulator\n")));
    details.set("current_inputs", shown(inputs));
    details.set("current_outputs", Json.array(prompt.graph().propertyNames()));
    events.failed(details);
    if (e.type().endsWith("OutOfMemoryError")) {
      models.empty();
    }
    return Ending.ERROR;
  }

  /** Numbers, flags and texts as they are, the rest as text, each in a list, as Python does. */
  private static ObjectNode shown(Inputs inputs) {
    ObjectNode shown = Json.object();
    inputs.values().forEach((name, value) -> shown.putArray(name).add(literal(value)));
    return shown;
  }

  private static JsonNode literal(Object value) {
    return switch (value) {
      case JsonNode node -> node;
      case Integer number -> IntNode.valueOf(number);
      case Double number -> DoubleNode.valueOf(number);
      default -> StringNode.valueOf(value.toString());
    };
  }

  private ObjectNode where(String id) {
    ObjectNode where = Json.object().put("node_id", id).put("node_type", type(id));
    where.set("executed", Json.array(executed));
    return where;
  }

  private Inputs inputs(String id) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    prompt
        .graph()
        .path(id)
        .path("inputs")
        .forEachEntry((name, value) -> inputs.put(name, resolved(value)));
    return new Inputs(inputs);
  }

  private Object resolved(JsonNode value) {
    if (!ExecutionOrder.isLink(value)) {
      return value;
    }
    int slot = value.path(1).intValue();
    return cache
        .find(value.path(0).asString())
        .filter(entry -> slot >= 0 && slot < entry.values().size())
        .map(entry -> entry.values().get(slot))
        .orElse(Json.object().nullNode());
  }

  private String type(String id) {
    return prompt.graph().path(id).path("class_type").asString("");
  }

  private boolean isOutput(String id) {
    return engine.classes().isOutput(type(id));
  }

  private boolean isCached(String id) {
    return cache.find(id).isPresent();
  }
}
