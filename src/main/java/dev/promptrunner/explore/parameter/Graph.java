package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Input;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.Workflow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A workflow's nodes in the order of their ids, with who reads from whom. */
final class Graph {
  private static final Pattern VALUE =
      Pattern.compile("(?i)value|val|int|integer|float|number|string|text|boolean|bool|seed");

  /**
   * An input that reads from a node.
   *
   * @param node whose input it is
   * @param field its name
   */
  record Use(Node node, String field) {}

  private final List<Node> nodes;
  private final Map<String, Node> byId;
  private final Map<String, List<Use>> uses = new LinkedHashMap<>();

  Graph(Workflow workflow) {
    byId = workflow.nodes();
    nodes = byId.values().stream().sorted(NodeOrder.BY_ID).toList();
    nodes.forEach(
        node ->
            node.inputs()
                .forEach(
                    (field, input) -> {
                      if (input instanceof Input.Link(String from, int slot)) {
                        uses.computeIfAbsent(from, id -> new ArrayList<>())
                            .add(new Use(node, field));
                      }
                    }));
  }

  /** In the order of their ids: a node that is added later comes last, wherever its file has it. */
  List<Node> nodes() {
    return nodes;
  }

  List<Use> uses(Node node) {
    return uses.getOrDefault(node.id(), List.of());
  }

  /** The nodes that an input of one of these names reads from. */
  Stream<Node> sources(Node node, Set<String> fields) {
    return node.inputs().entrySet().stream()
        .filter(entry -> fields.contains(entry.getKey()))
        .flatMap(
            entry ->
                entry.getValue() instanceof Input.Link link
                    ? Stream.ofNullable(byId.get(link.node()))
                    : Stream.of());
  }

  /** The literals that can be set: a list or an object is none. */
  static Map<String, JsonNode> literals(Node node) {
    Map<String, JsonNode> literals = new LinkedHashMap<>();
    node.inputs()
        .forEach(
            (field, input) -> {
              if (input instanceof Input.Literal(JsonNode value) && !value.isContainer()) {
                literals.put(field, value);
              }
            });
    return literals;
  }

  /**
   * Whether a literal is handed to other nodes as it is: it is all that its node has, and is called
   * no more than {@code value}.
   */
  boolean isConstant(Node node, String field) {
    return node.inputs().size() == 1
        && VALUE.matcher(field).matches()
        && !node.classType().contains("Encode")
        && !uses(node).isEmpty();
  }

  /** Where a value ends that other nodes hand on as it is. */
  Use purpose(Use use) {
    Use end = use;
    for (int far = 0; far < nodes.size() && isConstant(end.node(), end.field()); far++) {
      end = uses(end.node()).getFirst();
    }
    return end;
  }

  /** Where the literal of an input stands: there, or in a node that only holds it. */
  Optional<Use> origin(Node node, String field) {
    return switch (node.input(field).orElse(null)) {
      case Input.Literal literal -> Optional.of(new Use(node, field));
      case Input.Link(String from, int slot) -> held(byId.get(from));
      case null -> Optional.empty();
    };
  }

  private Optional<Use> held(@Nullable Node source) {
    if (source == null) {
      return Optional.empty();
    }
    return literals(source).keySet().stream()
        .filter(field -> isConstant(source, field))
        .map(field -> new Use(source, field))
        .findFirst();
  }

  /** The number at an input, wherever it stands. */
  Optional<BigDecimal> number(Node node, String field) {
    return origin(node, field)
        .flatMap(use -> Optional.ofNullable(literals(use.node()).get(use.field())))
        .flatMap(Literals::number);
  }
}
