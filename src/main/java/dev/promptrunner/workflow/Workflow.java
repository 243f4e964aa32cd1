package dev.promptrunner.workflow;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ComfyUI graph in API form. Every link leads to a node, nothing leads in a circle. Unknown
 * fields and the order of keys are kept. Immutable.
 */
public final class Workflow {
  private final String name;
  private final ObjectNode graph;
  private final Map<String, Node> nodes;

  /** Takes over the graph, which {@link WorkflowReader} has checked. */
  Workflow(String name, ObjectNode graph, Map<String, Node> nodes) {
    this.name = name;
    this.graph = graph;
    this.nodes = Collections.unmodifiableMap(nodes);
  }

  /** Reads a file that the editor exported with Workflow → Export (API). */
  public static Reading<Workflow> read(Path file) {
    return LocatedTree.read(file, WorkflowReader.FORM).then(WorkflowReader::read);
  }

  /** Reads text; problems are told of {@code name}. */
  public static Reading<Workflow> read(String name, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return LocatedTree.parse(name, bytes, WorkflowReader.FORM).then(WorkflowReader::read);
  }

  /** The file that it came from, as problems name it. */
  public String name() {
    return name;
  }

  /** By id, in the file's order. */
  public Map<String, Node> nodes() {
    return nodes;
  }

  public Optional<Node> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /**
   * Only the targets and what they need, directly or through others, in the order of this graph.
   *
   * @throws IllegalArgumentException for a target that is no node
   */
  public Workflow closure(Collection<String> targets) {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(targets);
    while (!open.isEmpty()) {
      String id = open.pop();
      Node node = nodes.get(id);
      if (node == null) {
        throw new IllegalArgumentException(name + " has no node " + id + " to run");
      }
      if (needed.add(id)) {
        node.sources().forEach(open::push);
      }
    }
    ObjectNode kept = Trees.NODES.objectNode();
    Map<String, Node> keptNodes = new LinkedHashMap<>();
    nodes.forEach(
        (id, node) -> {
          if (needed.contains(id)) {
            kept.set(id, graph.get(id));
            keptNodes.put(id, node);
          }
        });
    return new Workflow(name, kept, keptNodes);
  }

  /** Edits that use no variables, in order. */
  public Reading<Workflow> apply(List<Edit> edits) {
    return apply(edits, Variables.NONE);
  }

  /**
   * The edits in order, each on what the ones before it left. Bad when an edit names a node or an
   * input that is not there, or when a link closes a circle.
   *
   * @throws IllegalArgumentException when an edit needs a variable that has no value
   */
  public Reading<Workflow> apply(List<Edit> edits, Variables variables) {
    GraphEditor editor = new GraphEditor(graph);
    List<Problem> problems = new ArrayList<>();
    edits.forEach(edit -> editor.apply(edit, variables, name).ifPresent(problems::add));
    return problems.isEmpty() ? editor.finish(name) : new Reading.Bad<>(problems);
  }

  /** A copy to send or to change. */
  public ObjectNode json() {
    return graph.deepCopy();
  }

  /**
   * The graph as one line to send. Unlike {@code json().toString()} it writes NaN as Python does.
   */
  public String compact() {
    return Trees.JSON.writeValueAsString(graph);
  }

  /** The graph as text that a person can read and the editor can load. */
  public String text() {
    return Trees.pretty(graph);
  }

  /**
   * The same for graphs that do the same on a server: the order of keys, spaces and the editor's
   * own {@code _meta} do not count.
   */
  public Digest digest() {
    ObjectNode plain = json();
    plain.values().forEach(node -> ((ObjectNode) node).remove("_meta"));
    return Digest.of(Trees.canonical(plain));
  }

  @Override
  public String toString() {
    return name + " (" + nodes.size() + " nodes)";
  }
}
