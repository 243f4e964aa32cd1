package dev.promptrunner.explore.sweep;

import dev.promptrunner.explore.sample.Scale;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How one parameter varies over a sweep, as a person wrote it. */
public sealed interface Variation {
  /** Any number of a range. */
  record Continuous(BigDecimal min, BigDecimal max, Scale scale) implements Variation {}

  /**
   * Even levels of a range; one of the two is given.
   *
   * @param step from one level to the next
   * @param count how many levels
   */
  record Linear(BigDecimal min, BigDecimal max, Optional<BigDecimal> step, Optional<Integer> count)
      implements Variation {}

  /** Some values, whatever they are. */
  record Values(List<JsonNode> values) implements Variation {
    public Values {
      values = List.copyOf(values);
    }
  }

  /** Texts that the samples go through in a circle: they are no axis of the space. */
  record Prompts(List<JsonNode> texts) implements Variation {
    public Prompts {
      texts = List.copyOf(texts);
    }
  }

  /**
   * Seeds, apart from the explored space.
   *
   * @param least from 0
   * @param greatest to 2⁶⁴−1
   */
  record RandomSeed(BigInteger least, BigInteger greatest) implements Variation {}
}
