package dev.promptrunner.explore.sample;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * One side of a constraint: terms to add.
 *
 * @param terms at least one
 */
record Expression(List<Term> terms) {
  Expression {
    terms = List.copyOf(terms);
  }

  /** What is added, or alone compared. */
  sealed interface Term {
    /** A parameter's value, by name or path. */
    record Name(String name, boolean negative) implements Term {}

    /** A number or text as it stands. */
    record Literal(JsonNode value) implements Term {}
  }

  /** Whether it is computed, which only numbers can be. */
  boolean isSum() {
    return terms.size() > 1
        || (terms.getFirst() instanceof Term.Name(var _, boolean negative) && negative);
  }

  boolean hasText() {
    return terms.stream()
        .anyMatch(term -> term instanceof Term.Literal(var value) && !value.isNumber());
  }

  Stream<String> names() {
    return terms.stream()
        .flatMap(
            term ->
                term instanceof Term.Name(String name, var _) ? Stream.of(name) : Stream.empty());
  }

  Expression renamed(UnaryOperator<String> rename) {
    return new Expression(
        terms.stream()
            .map(
                term ->
                    term instanceof Term.Name(String name, boolean negative)
                        ? new Term.Name(rename.apply(name), negative)
                        : term)
            .toList());
  }

  /** The value of its only term, or the exact sum. */
  JsonNode value(Function<String, JsonNode> values) {
    return isSum()
        ? JsonNodeFactory.instance.numberNode(number(values))
        : value(terms.getFirst(), values);
  }

  /** The exact sum. */
  BigDecimal number(Function<String, JsonNode> values) {
    return terms.stream()
        .map(term -> number(term, values))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal number(Term term, Function<String, JsonNode> values) {
    BigDecimal number = value(term, values).decimalValue();
    return term instanceof Term.Name(var _, boolean negative) && negative
        ? number.negate()
        : number;
  }

  private static JsonNode value(Term term, Function<String, JsonNode> values) {
    return switch (term) {
      case Term.Name(String name, var _) -> values.apply(name);
      case Term.Literal(JsonNode value) -> value;
    };
  }
}
