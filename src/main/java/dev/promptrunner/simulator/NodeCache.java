package dev.promptrunner.simulator;

import dev.promptrunner.base.Digest;
import dev.promptrunner.simulator.node.Folders;
import dev.promptrunner.simulator.node.Inputs;
import dev.promptrunner.simulator.node.Nodes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results of nodes from prompt to prompt, as ComfyUI keeps them by default: the key is the class,
 * the literal inputs, whether the class says it has changed, and the same of every ancestor; what
 * the latest prompt does not use is dropped. Used by the worker thread alone.
 */
final class NodeCache {
  private final Folders folders;
  private final Map<String, Entry> entries = new HashMap<>();
  private Map<String, String> keys = Map.of();
  private long neverAgain;

  /**
   * What a node made.
   *
   * @param values one for each output slot
   * @param shown its output for the client, when it has one
   */
  record Entry(List<Object> values, Optional<ObjectNode> shown) {}

  NodeCache(Folders folders) {
    this.folders = folders;
  }

  /** Turns to another prompt: forgets everything it does not use. */
  void begin(ObjectNode graph) {
    Map<String, String> fresh = new HashMap<>();
    for (String id : graph.propertyNames()) {
      key(graph, id, fresh, new HashSet<>());
    }
    keys = fresh;
    entries.keySet().retainAll(Set.copyOf(fresh.values()));
  }

  Optional<Entry> find(String id) {
    String key = keys.get(id);
    return key == null ? Optional.empty() : Optional.ofNullable(entries.get(key));
  }

  void put(String id, Entry entry) {
    String key = keys.get(id);
    if (key != null) {
      entries.put(key, entry);
    }
  }

  void clear() {
    entries.clear();
  }

  private String key(ObjectNode graph, String id, Map<String, String> known, Set<String> path) {
    String ready = known.get(id);
    if (ready != null) {
      return ready;
    }
    if (!path.add(id) || !graph.has(id)) {
      return "no such node or a cycle: never runs";
    }
    JsonNode node = graph.path(id);
    StringBuilder text = new StringBuilder(node.path("class_type").asString(""));
    text.append('\n').append(freshness(node));
    Map<String, JsonNode> inputs = new TreeMap<>();
    node.path("inputs").forEachEntry(inputs::put);
    for (Map.Entry<String, JsonNode> input : inputs.entrySet()) {
      text.append('\n').append(input.getKey()).append('=');
      text.append(signature(graph, input.getValue(), known, path));
    }
    path.remove(id);
    String key = Digest.of(text.toString()).hex();
    known.put(id, key);
    return key;
  }

  private String signature(
      ObjectNode graph, JsonNode value, Map<String, String> known, Set<String> path) {
    return ExecutionOrder.isLink(value)
        ? "->" + key(graph, value.path(0).asString(), known, path) + "#" + value.path(1)
        : Json.text(value);
  }

  private String freshness(JsonNode node) {
    Map<String, Object> literals = new HashMap<>();
    node.path("inputs")
        .forEachEntry(
            (name, value) -> {
              if (!ExecutionOrder.isLink(value)) {
                literals.put(name, value);
              }
            });
    String type = node.path("class_type").asString("");
    return Nodes.freshness(type, new Inputs(literals), folders)
        .orElseGet(() -> "never the same: " + neverAgain++);
  }
}
