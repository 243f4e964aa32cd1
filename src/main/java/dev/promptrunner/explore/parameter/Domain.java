package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a parameter can be.
 *
 * @param type of its values
 * @param min the smallest number that is taken; empty when nobody says
 * @param max the largest number that is taken; empty when nobody says
 * @param step by how much an editor moves the number; a server does not insist on it
 * @param options what a CHOICE is chosen from and which FILEs the server has; empty when nobody
 *     lists them
 */
public record Domain(
    ParameterType type,
    Optional<BigDecimal> min,
    Optional<BigDecimal> max,
    Optional<BigDecimal> step,
    List<JsonNode> options) {
  /** 2⁶⁴−1. */
  static final BigDecimal LARGEST_SEED = new BigDecimal("18446744073709551615");

  public Domain {
    options = List.copyOf(options);
  }

  /** Of that type, and nothing else is known. */
  static Domain of(ParameterType type) {
    return new Domain(type, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  Domain as(ParameterType other) {
    return new Domain(other, min, max, step, options);
  }

  /** Whether a number lies within the limits that are known. */
  public boolean contains(BigDecimal number) {
    return min.filter(least -> number.compareTo(least) < 0).isEmpty()
        && max.filter(most -> number.compareTo(most) > 0).isEmpty();
  }

  /** What both take: the narrower of the limits. The type and the options stay as here. */
  Domain within(Domain other) {
    Optional<BigDecimal> least = other.min.map(a -> min.map(a::max).orElse(a)).or(() -> min);
    Optional<BigDecimal> most = other.max.map(a -> max.map(a::min).orElse(a)).or(() -> max);
    return new Domain(type, least, most, other.step.or(() -> step), options);
  }
}
