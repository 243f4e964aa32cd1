package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What every point must satisfy, such as {@code high_steps + 2 <= steps}: two sides of names,
 * paths, numbers, + and -, compared once. Computed in decimals, exactly. Texts can be compared for
 * being equal: {@code scheduler != "karras"}.
 */
public final class Constraint {
  private static final int LONGEST = 1000;

  private final String where;
  private final String text;
  private final Expression left;
  private final Comparison comparison;
  private final Expression right;

  Constraint(String where, String text, Expression left, Comparison comparison, Expression right) {
    this.where = where;
    this.text = text;
    this.left = left;
    this.comparison = comparison;
    this.right = right;
  }

  /**
   * Reads one.
   *
   * @param where the place that problems name, now and later
   */
  public static Reading<Constraint> parse(String text, String where) {
    return text.length() > LONGEST
        ? Reading.bad(
            new Problem(
                where,
                "the constraint is too long",
                text.length() + " characters",
                "write several shorter ones, of at most " + LONGEST))
        : new ConstraintParser(text, where).parse();
  }

  /** The names and paths that it speaks of, in their order. */
  public Set<String> names() {
    return new LinkedHashSet<>(Stream.concat(left.names(), right.names()).toList());
  }

  /** The same with every name replaced, so that a path and a readable name can be one. */
  public Constraint renamed(UnaryOperator<String> rename) {
    return new Constraint(where, text, left.renamed(rename), comparison, right.renamed(rename));
  }

  /** A problem for each name that is not among these. */
  public List<Problem> unknown(Collection<String> known) {
    return names().stream()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                new Problem(
                    where,
                    "the constraint '" + text + "' speaks of an unknown parameter",
                    name,
                    Nearest.hint(
                        name, known, "use a parameter's name or path; put a text in quotes")))
        .toList();
  }

  /**
   * Whether it is satisfied.
   *
   * @param values of all its names; numbers for {@link #numeric}
   */
  public boolean holds(Function<String, JsonNode> values) {
    return (comparison.isOrder() || bothNumbers(values))
        ? comparison.holds(left.number(values).compareTo(right.number(values)))
        : comparison.holds(text(left.value(values)).compareTo(text(right.value(values))));
  }

  /** The names whose values must be numbers for it to have a meaning. */
  public Set<String> numeric() {
    if (comparison.isOrder()) {
      return names();
    }
    List<String> summed = new ArrayList<>();
    Stream.of(left, right)
        .filter(Expression::isSum)
        .forEach(side -> summed.addAll(side.names().toList()));
    return new LinkedHashSet<>(summed);
  }

  /** The place that problems name. */
  public String where() {
    return where;
  }

  Problem problem(String what, String found, String remedy) {
    return new Problem(where, "the constraint '" + text + "' " + what, found, remedy);
  }

  private boolean bothNumbers(Function<String, JsonNode> values) {
    return left.value(values).isNumber() && right.value(values).isNumber();
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
