package dev.promptrunner.explore.sample;

import java.util.Arrays;
import java.util.Optional;

/** How a constraint compares its two sides. */
enum Comparison {
  LESS("<"),
  AT_MOST("<="),
  GREATER(">"),
  AT_LEAST(">="),
  EQUAL("=="),
  DIFFERENT("!=");

  private final String symbol;

  Comparison(String symbol) {
    this.symbol = symbol;
  }

  static Optional<Comparison> of(String symbol) {
    return Arrays.stream(values()).filter(one -> one.symbol.equals(symbol)).findFirst();
  }

  /** Whether it needs an order of its sides, which only numbers have. */
  boolean isOrder() {
    return switch (this) {
      case LESS, AT_MOST, GREATER, AT_LEAST -> true;
      case EQUAL, DIFFERENT -> false;
    };
  }

  /**
   * Whether it holds.
   *
   * @param order of the left side to the right, as of {@link Comparable}
   */
  boolean holds(int order) {
    return switch (this) {
      case LESS -> order < 0;
      case AT_MOST -> order <= 0;
      case GREATER -> order > 0;
      case AT_LEAST -> order >= 0;
      case EQUAL -> order == 0;
      case DIFFERENT -> order != 0;
    };
  }
}
