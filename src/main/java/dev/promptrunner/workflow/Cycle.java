package dev.promptrunner.workflow;

import dev.promptrunner.base.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks for a circle of links. Without recursion, so that the longest chain is no danger. */
final class Cycle {
  private final Map<String, Node> nodes;
  private final Set<String> cleared = new HashSet<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, Iterator<String>> open = new HashMap<>();

  private Cycle(Map<String, Node> nodes) {
    this.nodes = nodes;
  }

  /** The ids of one circle, the first repeated at the end, in the order in which data flows. */
  static Optional<List<String>> in(Map<String, Node> nodes) {
    Cycle search = new Cycle(nodes);
    return nodes.keySet().stream().map(search::from).flatMap(Optional::stream).findFirst();
  }

  static Problem problem(String where, List<String> cycle) {
    return new Problem(
        where,
        "the workflow's links lead in a circle",
        String.join(" → ", cycle),
        "remove one of these links in the editor and export again");
  }

  private Optional<List<String>> from(String start) {
    enter(start);
    while (!path.isEmpty()) {
      String id = path.peek();
      Iterator<String> sources = open.getOrDefault(id, List.<String>of().iterator());
      if (!sources.hasNext()) {
        cleared.add(path.pop());
        open.remove(id);
      } else {
        String source = sources.next();
        if (open.containsKey(source)) {
          return Optional.of(circle(source));
        }
        enter(source);
      }
    }
    return Optional.empty();
  }

  private void enter(String id) {
    Node node = nodes.get(id);
    if (node != null && !cleared.contains(id)) {
      path.push(id);
      open.put(id, node.sources().iterator());
    }
  }

  /** The path's top reads from {@code source}, which stands further down on it. */
  private List<String> circle(String source) {
    List<String> circle = new ArrayList<>();
    circle.add(source);
    for (String id : path) {
      circle.add(id);
      if (id.equals(source)) {
        break;
      }
    }
    return circle;
  }
}
