package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.InputSpec;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.ObjectInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Finds what a literal can be: as the server says, else as the common nodes are, else by a guess.
 */
final class Typing {
  /**
   * What was found.
   *
   * @param guessed nobody knows the input
   */
  record Typed(Domain domain, boolean guessed) {}

  private final Graph graph;
  private final Optional<ObjectInfo> info;

  Typing(Graph graph, Optional<ObjectInfo> info) {
    this.graph = graph;
    this.info = info;
  }

  Typed of(Node node, String field, JsonNode value) {
    Typed own =
        spec(node, field)
            .flatMap(spec -> domain(spec, field, value))
            .map(domain -> new Typed(domain, false))
            .orElseGet(() -> new Typed(Guess.of(field, value), true));
    return graph.isConstant(node, field) ? asUsed(node, own, value) : own;
  }

  /** Whether the server loads something anew: a file of weights, or how a node loads one. */
  boolean changesModel(Node node, Domain domain, JsonNode value) {
    boolean chosen = domain.type() == ParameterType.CHOICE;
    return chosen
        && (Literals.isModelFile(value)
            || Graph.literals(node).values().stream().anyMatch(Literals::isModelFile));
  }

  private Optional<InputSpec> spec(Node node, String field) {
    Optional<InputSpec> common = CommonNodes.input(node.classType(), field);
    return info.flatMap(server -> server.nodeClass(node.classType()))
        .flatMap(nodeClass -> nodeClass.input(field))
        .map(spec -> common.filter(known -> saysLess(spec, known)).orElse(spec))
        .or(() -> common);
  }

  /** A server that takes any text says less than we know of the few that mean something. */
  private static boolean saysLess(InputSpec server, InputSpec common) {
    return isText(server) && (isText(common) || common.type().equals("COMBO"));
  }

  private static boolean isText(InputSpec spec) {
    return spec.type().equals("STRING");
  }

  /** Empty for an input that wants a link, or anything. */
  private static Optional<Domain> domain(InputSpec spec, String field, JsonNode value) {
    return type(spec, field, value)
        .map(
            type ->
                new Domain(
                    type, spec.min(), spec.max(), spec.step(), spec.choices().orElse(List.of())));
  }

  private static Optional<ParameterType> type(InputSpec spec, String field, JsonNode value) {
    return switch (spec.type()) {
      case "INT" -> Optional.of(whole(spec, field));
      case "FLOAT" -> Optional.of(ParameterType.NUMBER);
      case "BOOLEAN" -> Optional.of(ParameterType.BOOLEAN);
      case "STRING" -> Optional.of(text(spec, value));
      case "COMBO" -> Optional.of(chosen(spec, value));
      default -> Optional.empty();
    };
  }

  /** An editor draws a new number after each run only where its size means nothing… */
  private static ParameterType whole(InputSpec spec, String field) {
    boolean drawn = spec.options().path("control_after_generate").asBoolean(false);
    // … but also offers to where any whole number is taken, negative ones too.
    boolean any = spec.min().filter(least -> least.signum() < 0).isPresent();
    return Guess.isSeed(field) || (drawn && !any) ? ParameterType.SEED : ParameterType.INTEGER;
  }

  private static ParameterType text(InputSpec spec, JsonNode value) {
    if (Literals.isMediaFile(value)) {
      return ParameterType.FILE;
    }
    return spec.options().path("multiline").asBoolean(false)
        ? ParameterType.TEXT
        : ParameterType.STRING;
  }

  private static ParameterType chosen(InputSpec spec, JsonNode value) {
    boolean uploaded =
        spec.options().properties().stream()
            .anyMatch(entry -> entry.getKey().endsWith("_upload") && isTrue(entry.getValue()));
    return uploaded || Literals.isMediaFile(value) ? ParameterType.FILE : ParameterType.CHOICE;
  }

  private static boolean isTrue(JsonNode value) {
    return value.asBoolean(false);
  }

  /** A number that other nodes read is what they take it for. */
  private Typed asUsed(Node node, Typed own, JsonNode value) {
    List<Graph.Use> uses = graph.uses(node);
    Domain domain = own.domain();
    if (domain.type() == ParameterType.INTEGER && all(uses, use -> Guess.isSeed(use.field()))) {
      domain = domain.as(ParameterType.SEED);
    }
    if (domain.type() == ParameterType.STRING && all(uses, use -> isProse(use, value))) {
      domain = domain.as(ParameterType.TEXT);
    }
    for (Graph.Use use : uses) {
      Optional<Domain> wanted =
          spec(use.node(), use.field()).flatMap(spec -> domain(spec, use.field(), value));
      if (wanted.isPresent() && domain.type() != ParameterType.TEXT) {
        domain = domain.within(wanted.get());
      }
    }
    return new Typed(domain, own.guessed());
  }

  private boolean isProse(Graph.Use use, JsonNode value) {
    return spec(use.node(), use.field())
        .flatMap(spec -> domain(spec, use.field(), value))
        .orElseGet(() -> Guess.of(use.field(), value))
        .type()
        .equals(ParameterType.TEXT);
  }

  private static boolean all(List<Graph.Use> uses, Predicate<Graph.Use> wanted) {
    return !uses.isEmpty() && uses.stream().allMatch(wanted);
  }
}
