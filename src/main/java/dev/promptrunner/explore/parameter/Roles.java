package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a node is for, from how the graph uses it. */
final class Roles {
  private static final Pattern CONDITIONING =
      Pattern.compile(
          "(?i)conditioning.*|cond|text.*|string.*|prompt.*|input.*|any.*|value|clip_l|t5xxl|tags");
  private static final Pattern PICTURE =
      Pattern.compile("(?i)image.*|images|pixels|video|frames|input.*|source.*|original.*|any.*");
  private static final Set<String> MODEL_INPUTS =
      Set.of("model", "unet", "lora", "prev_lora", "noise", "guider");
  private static final Set<String> WEIGHT_LINKS =
      Set.of("model", "unet", "lora", "prev_lora", "lora_stack");
  static final Set<String> EXPERTS = Set.of("high", "low", "base", "refiner");

  /** A base model's file says no more than that it is one. */
  private static final Set<String> NOISES = Set.of("high", "low");

  private static final int FAR = 64;

  private final Graph graph;
  private final Map<String, Set<String>> experts = new HashMap<>();

  Roles(Graph graph) {
    this.graph = graph;
  }

  /** {@code positive} or {@code negative}; empty when the text is neither, or both. */
  Optional<String> prompt(Node node) {
    Set<String> found = new LinkedHashSet<>();
    Set<String> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      for (Graph.Use use : graph.uses(open.pop())) {
        Optional<String> sign = sign(use);
        sign.ifPresent(found::add);
        if (sign.isEmpty() && passesOn(use) && seen.add(use.node().id())) {
          open.add(use.node());
        }
      }
    }
    return found.size() == 1 ? found.stream().findFirst() : Optional.empty();
  }

  private static Optional<String> sign(Graph.Use use) {
    String field = use.field();
    if (field.startsWith("negative")) {
      return Optional.of("negative");
    }
    boolean only = use.node().classType().equals("BasicGuider") && field.equals("conditioning");
    return only || field.startsWith("positive") || field.equals("cond1") || field.equals("cond2")
        ? Optional.of("positive")
        : Optional.empty();
  }

  /** A conditioning that is zeroed says nothing any more. */
  private static boolean passesOn(Graph.Use use) {
    return CONDITIONING.matcher(use.field()).matches()
        && !use.node().classType().equals("ConditioningZeroOut");
  }

  /** {@code first}, {@code last}, {@code control}, {@code reference} or {@code mask}. */
  Optional<String> media(Node node) {
    Set<String> seen = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(node));
    while (!open.isEmpty()) {
      for (Graph.Use use : graph.uses(open.pop())) {
        Optional<String> purpose = purpose(use);
        if (purpose.isPresent()) {
          return purpose;
        }
        if (PICTURE.matcher(use.field()).matches() && seen.add(use.node().id())) {
          open.add(use.node());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> purpose(Graph.Use use) {
    String field = use.field();
    if (use.node().classType().contains("ControlNetApply") && field.equals("image")) {
      return Optional.of("control");
    }
    return field.contains("mask") || field.startsWith("clip_vision")
        ? Optional.empty()
        : Words.side(field, Set.of("first", "last", "control", "reference"));
  }

  /** Which expert of a model a node belongs to: {@code high}, {@code low}, {@code base}… */
  Optional<String> expert(Node node) {
    return experts(node).isEmpty()
        ? near(node, this::upstream).or(() -> near(node, this::downstream))
        : near(node, one -> Stream.of());
  }

  private Stream<Node> upstream(Node node) {
    return graph.sources(node, MODEL_INPUTS);
  }

  private Stream<Node> downstream(Node node) {
    return Kind.of(node.classType()).family() == Kind.Family.WEIGHTS
        ? graph.uses(node).stream()
            .filter(use -> WEIGHT_LINKS.contains(use.field()))
            .map(Graph.Use::node)
        : Stream.of();
  }

  /** The nearest that says it decides; one that names both experts ends the search. */
  private Optional<String> near(Node node, Function<Node, Stream<Node>> next) {
    Set<String> seen = new HashSet<>();
    List<Node> ring = List.of(node);
    for (int i = 0; i < FAR && !ring.isEmpty(); i++) {
      Set<String> said = new LinkedHashSet<>();
      ring.forEach(one -> said.addAll(experts(one)));
      if (!said.isEmpty()) {
        return said.size() == 1 ? said.stream().findFirst() : Optional.empty();
      }
      List<Node> wider = new ArrayList<>();
      ring.forEach(
          one -> next.apply(one).filter(other -> seen.add(other.id())).forEach(wider::add));
      ring = wider;
    }
    return Optional.empty();
  }

  private Set<String> experts(Node node) {
    return experts.computeIfAbsent(node.id(), id -> said(node));
  }

  /** By its title, else by the files that it loads. */
  private static Set<String> said(Node node) {
    Set<String> titled = Words.sides(node.title(), EXPERTS);
    if (!titled.isEmpty()) {
      return titled;
    }
    Set<String> named = new LinkedHashSet<>();
    Graph.literals(node).values().stream()
        .filter(Literals::isModelFile)
        .forEach(file -> named.addAll(Words.sides(fileName(file.stringValue()), NOISES)));
    return named;
  }

  private static String fileName(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
