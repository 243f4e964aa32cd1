package dev.promptrunner.explore.parameter;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Input;
import dev.promptrunner.workflow.Node;
import dev.promptrunner.workflow.ObjectInfo;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every literal of a workflow that can be set, in the order of the nodes' ids. Lists and objects
 * that are written into a workflow are not among them. Immutable.
 */
public final class Parameters {
  private static final Pattern PATH = Pattern.compile("nodes\\.(.+?)\\.inputs\\.(.+)");
  private static final int SUGGESTED = 3;
  private static final String LIST = "list the parameters with: prompt-runner analyze WORKFLOW";

  private final Workflow workflow;
  private final Graph graph;
  private final List<Parameter> all;
  private final boolean exact;
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private final Map<String, Parameter> byPath = new LinkedHashMap<>();

  private Parameters(Workflow workflow, Graph graph, List<Parameter> all, boolean exact) {
    this.workflow = workflow;
    this.graph = graph;
    this.all = List.copyOf(all);
    this.exact = exact;
    all.forEach(
        parameter -> {
          byName.put(parameter.name(), parameter);
          byPath.put(parameter.path(), parameter);
        });
  }

  /**
   * Finds them. What is found by name depends on the workflow alone; types, limits and choices are
   * the server's own where it knows the class.
   */
  public static Parameters of(Workflow workflow, Optional<ObjectInfo> info) {
    Graph graph = new Graph(workflow);
    Typing typing = new Typing(graph, info);
    Naming naming = new Naming(graph);
    List<Parameter> all = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Graph.literals(node)
          .forEach(
              (field, value) -> {
                Typing.Typed typed = typing.of(node, field, value);
                all.add(
                    new Parameter(
                        naming.name(node, field),
                        new Place(node.id(), node.title(), node.classType(), field),
                        typed.domain(),
                        value,
                        typed.guessed(),
                        typing.changesModel(node, typed.domain(), value)));
              });
    }
    return new Parameters(workflow, graph, all, info.isPresent());
  }

  /** Whose parameters they are. */
  public Workflow workflow() {
    return workflow;
  }

  public List<Parameter> all() {
    return all;
  }

  /**
   * Whether a server has said what it takes: what our table of common nodes offers is not all that
   * one with custom nodes does.
   */
  public boolean isExact() {
    return exact;
  }

  Graph graph() {
    return graph;
  }

  /** The input that a parameter is for: its own, or the first that reads it as it is. */
  Graph.Use purpose(Parameter parameter) {
    Node node = workflow.nodes().get(parameter.node());
    return graph.purpose(new Graph.Use(Objects.requireNonNull(node), parameter.field()));
  }

  /** By its readable name, or by its path {@code nodes.3.inputs.cfg}. */
  public Optional<Parameter> find(String nameOrPath) {
    return Optional.ofNullable(byPath.get(nameOrPath))
        .or(() -> Optional.ofNullable(byName.get(nameOrPath)));
  }

  /**
   * As {@link #find}; when there is none, the problem names the nearest ones.
   *
   * @param where what names the parameter, such as a line of a sweep file
   */
  public Reading<Parameter> lookup(String where, String nameOrPath) {
    return find(nameOrPath)
        .<Reading<Parameter>>map(Reading.Good::new)
        .orElseGet(() -> Reading.bad(unknown(where, nameOrPath)));
  }

  private Problem unknown(String where, String written) {
    Matcher path = PATH.matcher(written);
    Optional<Node> node = path.matches() ? workflow.node(path.group(1)) : Optional.empty();
    return node.map(known -> noInput(where, written, known, path.group(2)))
        .orElseGet(
            () ->
                new Problem(
                    where,
                    path.matches()
                        ? workflow.name() + " has no node " + path.group(1)
                        : workflow.name() + " has no parameter of this name",
                    written,
                    near(written, path.matches() ? byPath.keySet() : names())));
  }

  private Problem noInput(String where, String written, Node node, String field) {
    String label = "node " + node.id() + " (" + node.classType() + ")";
    Optional<Input> input = node.input(field);
    if (input.isEmpty()) {
      return new Problem(
          where, label + " has no input " + field, written, near(written, paths(node.id())));
    }
    String what = "input " + field + " of " + label;
    return switch (input.get()) {
      case Input.Link(String from, int slot) ->
          new Problem(where, what + " is read from node " + from, written, setThere(from));
      case Input.Literal literal ->
          new Problem(
              where,
              what + " is a list or an object, which cannot be explored",
              written,
              setThere(node.id()));
    };
  }

  private List<String> paths(String id) {
    return all.stream().filter(one -> one.node().equals(id)).map(Parameter::path).toList();
  }

  private String setThere(String id) {
    List<String> paths = paths(id);
    return paths.isEmpty() ? LIST : "set " + String.join(", ", paths) + " there";
  }

  /** The nearest few; paths for a path. */
  private static String near(String written, Collection<String> candidates) {
    Set<String> left = new TreeSet<>(candidates);
    List<String> near = new ArrayList<>();
    while (near.size() < SUGGESTED) {
      Optional<String> next = Nearest.to(written, left);
      if (next.isEmpty()) {
        break;
      }
      near.add(next.get());
      left.remove(next.get());
    }
    return near.isEmpty() ? LIST : "did you mean " + String.join(", ", near) + "?";
  }

  private Set<String> names() {
    return byName.keySet();
  }
}
