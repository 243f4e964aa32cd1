package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is sensible to try for a parameter: never more than the server takes. */
public sealed interface Suggestion {
  /**
   * Numbers around the one that stands there.
   *
   * @param min the smallest
   * @param max the largest, more than the smallest
   * @param step between them, for whole numbers; empty for a continuous range
   */
  record Range(BigDecimal min, BigDecimal max, Optional<BigDecimal> step) implements Suggestion {
    public Range {
      if (min.compareTo(max) >= 0) {
        throw new IllegalArgumentException("a range from " + min + " to " + max + " is empty");
      }
    }
  }

  /**
   * Some of the choices.
   *
   * @param values at least two, first the one that stands there
   */
  record Choices(List<JsonNode> values) implements Suggestion {
    public Choices {
      values = List.copyOf(values);
    }
  }

  /**
   * A new seed for each run.
   *
   * @param min the smallest that every node takes which it is for
   * @param max the largest
   */
  record Seed(BigDecimal min, BigDecimal max) implements Suggestion {}

  /**
   * Texts to go through.
   *
   * @param values first the one that stands there; the user adds more
   */
  record Prompts(List<JsonNode> values) implements Suggestion {
    public Prompts {
      values = List.copyOf(values);
    }
  }

  /** Empty where exploring makes no sense, or where only the user knows what to try. */
  static Optional<Suggestion> of(Parameters all, Parameter parameter) {
    return new Suggesting(all).of(parameter);
  }
}
