package dev.promptrunner.explore.parameter;

import dev.promptrunner.workflow.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Gives parameters their readable names. They come from classes, uses and titles; what is alike is
 * numbered in the order in which it is asked for.
 */
final class Naming {
  private static final int TITLE_WORDS = 2;
  private static final int CONSTANT_WORDS = 3;

  /** These say what they are without the node's kind. */
  private static final Set<String> SELF_SPEAKING =
      Set.of(
          "seed", "shift", "max_shift", "base_shift", "guidance", "positive_text", "negative_text");

  private static final Map<String, String> PLAINER =
      Map.ofEntries(
          Map.entry("noise_seed", "seed"),
          Map.entry("ckpt_name", "checkpoint_name"),
          Map.entry("unet_name", "model_name"),
          Map.entry("control_net_name", "controlnet_name"),
          Map.entry("strength_model", "strength"),
          Map.entry("prompt", "text"),
          Map.entry("positive_prompt", "positive_text"),
          Map.entry("negative_prompt", "negative_text"));

  private final Graph graph;
  private final Roles roles;
  private final Map<String, Handle> handles = new HashMap<>();
  private final Map<List<String>, Integer> alike = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /**
   * How the parameters of one node begin.
   *
   * @param before words in front of the label
   * @param label of the node's kind
   * @param after words behind the label
   * @param number from 2 for a further node that would have the same name; empty for the first
   */
  private record Handle(
      List<String> before, List<String> label, List<String> after, List<String> number) {}

  Naming(Graph graph) {
    this.graph = graph;
    this.roles = new Roles(graph);
  }

  /** Asked for once for each parameter, in the order of the nodes. */
  String name(Node node, String field) {
    String name =
        Words.name(graph.isConstant(node, field) ? constant(node, field) : words(node, field));
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }

  private List<String> words(Node node, String field) {
    Handle handle = handles.computeIfAbsent(node.id(), id -> handle(node));
    String plain = PLAINER.getOrDefault(field, field);
    List<String> own = Words.of(plain).isEmpty() ? List.of("value") : Words.of(plain);
    if (SELF_SPEAKING.contains(plain)) {
      return Words.join(speaker(node, handle), own);
    }
    List<String> rest = own.subList(shared(handle.label, own), own.size());
    List<String> words = new ArrayList<>(handle.before);
    words.addAll(handle.label);
    words.addAll(handle.after);
    boolean endless = words.isEmpty();
    words.addAll(endless ? List.of() : handle.number);
    return endless ? rest : Words.join(words, rest);
  }

  /** Which of two samplers a seed belongs to. */
  private static List<String> speaker(Node node, Handle handle) {
    return Kind.of(node.classType()).family() == Kind.Family.SAMPLING
        ? handle.after
        : handle.before;
  }

  /** How many of its first words the field repeats of the label, from its start or at its end. */
  private static int shared(List<String> label, List<String> own) {
    int atStart = 0;
    while (atStart < Math.min(label.size(), own.size())
        && label.get(atStart).equals(own.get(atStart))) {
      atStart++;
    }
    return Math.max(atStart, label.size() + own.size() - Words.join(label, own).size());
  }

  private Handle handle(Node node) {
    Kind kind = Kind.of(node.classType());
    List<String> before = before(node, kind);
    List<String> after = after(node, kind);
    List<String> key = new ArrayList<>(before);
    key.addAll(kind.label());
    key.addAll(after);
    key.add(node.classType());
    int count = alike.merge(key, 1, Integer::sum);
    return new Handle(
        before,
        before.isEmpty() && kind.label().isEmpty() ? nameless(node, kind) : kind.label(),
        after,
        count == 1 ? List.of() : List.of(String.valueOf(count)));
  }

  /** A prompt that is neither positive nor negative, or a class that has no letters of ours. */
  private static List<String> nameless(Node node, Kind kind) {
    return kind.family() == Kind.Family.PROMPT
        ? List.of("prompt")
        : Words.join(List.of("node"), Words.of(node.id()));
  }

  private List<String> before(Node node, Kind kind) {
    return switch (kind.family()) {
      case PROMPT -> prompt(node);
      case MEDIA -> media(node);
      case SAMPLING, WEIGHTS, OTHER -> List.of();
    };
  }

  private List<String> after(Node node, Kind kind) {
    return switch (kind.family()) {
      case SAMPLING -> roles.expert(node).map(List::of).orElseGet(() -> Words.own(node, 1));
      case WEIGHTS -> weights(node, kind);
      case PROMPT, MEDIA, OTHER -> List.of();
    };
  }

  private List<String> prompt(Node node) {
    Set<String> signs = Set.of("high", "low", "base", "refiner");
    List<String> words = new ArrayList<>();
    roles.prompt(node).ifPresent(words::add);
    Words.side(node.title(), signs).ifPresent(words::add);
    return words;
  }

  private List<String> media(Node node) {
    Set<String> sides = Set.of("first", "last", "reference", "control", "mask", "depth", "pose");
    return Words.side(node.title(), sides)
        .or(() -> roles.media(node))
        .map(List::of)
        .orElseGet(() -> Words.own(node, 1));
  }

  private List<String> weights(Node node, Kind kind) {
    List<String> words = new ArrayList<>(roles.expert(node).stream().toList());
    if (kind.label().contains("lora") || kind.label().contains("controlnet")) {
      words.addAll(Words.own(node, TITLE_WORDS));
    }
    return words;
  }

  /** A value that other nodes read: by its title, else by what they take it for. */
  private List<String> constant(Node node, String field) {
    List<Graph.Use> uses = graph.uses(node);
    if (uses.stream().allMatch(use -> Guess.isSeed(use.field()))) {
      return Words.join(Words.side(node.title(), Roles.EXPERTS).stream().toList(), List.of("seed"));
    }
    Optional<String> sign = isText(node, field) ? roles.prompt(node) : Optional.empty();
    if (sign.isPresent()) {
      return List.of(sign.get(), "text");
    }
    List<String> titled = titled(node);
    if (!titled.isEmpty()) {
      return titled;
    }
    Graph.Use first = uses.getFirst();
    return uses.size() == 1 && !graph.isConstant(first.node(), first.field())
        ? words(first.node(), first.field())
        : Words.of(PLAINER.getOrDefault(first.field(), first.field()));
  }

  private static boolean isText(Node node, String field) {
    JsonNode value = Graph.literals(node).get(field);
    return value != null && value.isString();
  }

  /** With its side, since that stands in front: {@code high_steps}. */
  private static List<String> titled(Node node) {
    List<String> own = Words.own(node, CONSTANT_WORDS);
    List<String> words = new ArrayList<>();
    if (!own.isEmpty()) {
      Words.side(node.title(), Set.of("high", "low", "first", "last", "base", "refiner"))
          .ifPresent(words::add);
    }
    words.addAll(own);
    return words;
  }
}
