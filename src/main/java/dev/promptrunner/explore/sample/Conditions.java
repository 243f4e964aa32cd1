package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The constraints of a space, and the values that do not vary but which they may name.
 *
 * @param constraints all of which a point must satisfy
 * @param fixed by name and path; a dimension of the same name goes before
 */
public record Conditions(List<Constraint> constraints, Map<String, JsonNode> fixed) {
  private static final JsonNode MISSING = JsonNodeFactory.instance.missingNode();

  public static final Conditions NONE = new Conditions(List.of(), Map.of());

  public Conditions {
    constraints = List.copyOf(constraints);
    fixed = Map.copyOf(fixed);
  }

  /** Names that nobody knows, and texts where numbers are needed. */
  List<Problem> problems(List<Dimension> dimensions) {
    Map<String, Dimension> explored = new HashMap<>();
    dimensions.forEach(dimension -> explored.put(dimension.name(), dimension));
    Set<String> known = new HashSet<>(fixed.keySet());
    known.addAll(explored.keySet());
    List<Problem> problems = new ArrayList<>();
    for (Constraint constraint : constraints) {
      problems.addAll(constraint.unknown(known));
      constraint.numeric().stream()
          .filter(known::contains)
          .flatMap(name -> notNumber(constraint, name, explored).stream())
          .forEach(problems::add);
    }
    return problems;
  }

  private Optional<Problem> notNumber(
      Constraint constraint, String name, Map<String, Dimension> explored) {
    return values(name, explored)
        .filter(value -> !value.isNumber())
        .findFirst()
        .map(
            value ->
                constraint.problem(
                    "needs numbers, but '" + name + "' can be something else",
                    value.toString(),
                    "compare it with == or !="));
  }

  private Stream<JsonNode> values(String name, Map<String, Dimension> explored) {
    return switch (explored.get(name)) {
      case null -> Stream.of(fixed.getOrDefault(name, MISSING));
      case Dimension.Continuous _ -> Stream.empty();
      case Dimension.Levels(var _, List<JsonNode> values) -> values.stream();
    };
  }

  /** The first constraint that the point does not satisfy. */
  Optional<Constraint> refusing(Map<String, JsonNode> point) {
    return constraints.stream()
        .filter(constraint -> !constraint.holds(name -> value(point, name)))
        .findFirst();
  }

  private JsonNode value(Map<String, JsonNode> point, String name) {
    JsonNode explored = point.get(name);
    return explored == null ? fixed.getOrDefault(name, MISSING) : explored;
  }
}
