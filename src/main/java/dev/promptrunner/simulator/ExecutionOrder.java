package dev.promptrunner.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which node of a prompt runs next: of those that wait for nothing, an output node first, then one
 * that an output node waits for, then one that such a node waits for, then the one found first.
 * That is ComfyUI's order, which puts every preview as early as possible.
 */
final class ExecutionOrder {
  private final ObjectNode graph;
  private final Predicate<String> isOutput;
  private final Predicate<String> isCached;
  private final Set<String> pending = new LinkedHashSet<>();
  private final Map<String, Integer> waitsFor = new HashMap<>();
  private final Map<String, Set<String>> blocks = new HashMap<>();

  ExecutionOrder(ObjectNode graph, Predicate<String> isOutput, Predicate<String> isCached) {
    this.graph = graph;
    this.isOutput = isOutput;
    this.isCached = isCached;
  }

  static boolean isLink(JsonNode value) {
    return value.isArray()
        && value.size() == 2
        && value.path(0).isString()
        && value.path(1).isNumber();
  }

  /** Adds an output node and whatever it needs that is not cached. */
  void add(String target) {
    Deque<String> stack = new ArrayDeque<>(List.of(target));
    List<String[]> links = new ArrayList<>();
    while (!stack.isEmpty()) {
      String id = stack.pop();
      if (!pending.add(id)) {
        continue;
      }
      waitsFor.put(id, 0);
      blocks.put(id, new LinkedHashSet<>());
      for (JsonNode value : graph.path(id).path("inputs")) {
        if (isLink(value) && !isCached.test(value.path(0).asString())) {
          stack.push(value.path(0).asString());
          links.add(new String[] {value.path(0).asString(), id});
        }
      }
    }
    links.forEach(link -> link(link[0], link[1]));
  }

  private void link(String source, String target) {
    Set<String> blocked = blocks.get(source);
    if (blocked != null && blocked.add(target)) {
      waitsFor.merge(target, 1, Integer::sum);
    }
  }

  /** The next node to run; empty when all have run. */
  Optional<String> next() {
    List<String> ready = pending.stream().filter(id -> waitsFor.getOrDefault(id, 0) == 0).toList();
    return ready.stream()
        .filter(isOutput)
        .findFirst()
        .or(() -> ready.stream().filter(this::leadsToOutput).findFirst())
        .or(() -> ready.stream().filter(this::leadsNearOutput).findFirst())
        .or(() -> ready.stream().findFirst());
  }

  /** The node has run, or needed not to. */
  void done(String id) {
    pending.remove(id);
    blockedBy(id).forEach(blocked -> waitsFor.merge(blocked, -1, Integer::sum));
    blocks.remove(id);
  }

  private boolean leadsToOutput(String id) {
    return blockedBy(id).stream().anyMatch(isOutput);
  }

  private boolean leadsNearOutput(String id) {
    return blockedBy(id).stream().anyMatch(this::leadsToOutput);
  }

  private Set<String> blockedBy(String id) {
    return blocks.getOrDefault(id, Set.of());
  }
}
