package dev.promptrunner.explore.sample;

import dev.promptrunner.base.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which constraints kept points out, to tell which one to relax. One use, one thread. */
final class Refusals {
  private final Map<Constraint, Integer> refused = new LinkedHashMap<>();

  /** Whether the point satisfies all conditions. */
  boolean pass(Map<String, JsonNode> point, Conditions conditions) {
    Optional<Constraint> refusing = conditions.refusing(point);
    refusing.ifPresent(constraint -> refused.merge(constraint, 1, Integer::sum));
    return refusing.isEmpty();
  }

  /**
   * Tells of the constraint that refused most.
   *
   * @param found how many points passed
   * @param tried how many were tried
   * @throws IllegalStateException when none was refused
   */
  Problem problem(int found, long tried) {
    Constraint worst =
        refused.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElseThrow(() -> new IllegalStateException("no point was refused"));
    return new Problem(
        worst.where(),
        "%d of %d points satisfy all constraints; most break this one".formatted(found, tried),
        worst.toString(),
        found == 0
            ? "widen the ranges or relax it"
            : "widen the ranges, relax it, or set num_samples: " + found);
  }
}
