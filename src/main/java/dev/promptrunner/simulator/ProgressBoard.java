package dev.promptrunner.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/** The bars of one prompt's nodes. Used by the worker thread alone. */
final class ProgressBoard {
  private final String prompt;
  private final Map<String, Bar> bars = new LinkedHashMap<>();

  /** A node that has no bar of its own counts from 0.0 to 1.0. */
  private record Bar(NumericNode value, NumericNode max, boolean finished) {}

  ProgressBoard(String prompt) {
    this.prompt = prompt;
  }

  void start(String node) {
    bars.put(node, new Bar(DoubleNode.valueOf(0), DoubleNode.valueOf(1), false));
  }

  void move(String node, int value, int max) {
    bars.put(node, new Bar(IntNode.valueOf(value), IntNode.valueOf(max), false));
  }

  void finish(String node) {
    Bar bar = bars.getOrDefault(node, new Bar(IntNode.valueOf(1), IntNode.valueOf(1), true));
    bars.put(node, new Bar(bar.max(), bar.max(), true));
  }

  /** The data of {@code progress_state}: every node that has begun, each time. */
  ObjectNode state() {
    ObjectNode data = Json.object().put("prompt_id", prompt);
    ObjectNode nodes = data.putObject("nodes");
    bars.forEach((id, bar) -> nodes.set(id, entry(id, bar)));
    return data;
  }

  private ObjectNode entry(String id, Bar bar) {
    ObjectNode entry = Json.object();
    entry.set("value", bar.value());
    entry.set("max", bar.max());
    return entry
        .put("state", bar.finished() ? "finished" : "running")
        .put("node_id", id)
        .put("prompt_id", prompt)
        .put("display_node_id", id)
        .putNull("parent_node_id")
        .put("real_node_id", id);
  }
}
