package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The step at which one sampler hands over to another, and what must hold for it. */
final class Borders {
  private static final Set<String> STARTS = Set.of("start_at_step", "start_step");
  private static final Set<String> ENDS = Set.of("end_at_step", "end_step");

  /** Steps beyond it mean "to the end". */
  private static final BigDecimal NO_STEP = BigDecimal.valueOf(1000);

  private Borders() {}

  static boolean isEnd(Graph.Use purpose) {
    return ENDS.contains(purpose.field());
  }

  static boolean isBorder(Graph.Use purpose) {
    return isEnd(purpose) || STARTS.contains(purpose.field());
  }

  /** The last such step; 0 when no sampler hands over. */
  static BigDecimal last(Parameters all) {
    return all.all().stream()
        .filter(parameter -> isBorder(all.purpose(parameter)))
        .flatMap(parameter -> parameter.number().stream())
        .filter(step -> step.compareTo(NO_STEP) < 0)
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /**
   * Such as {@code high_steps < steps}, for each sampler that stops before its last step.
   *
   * @param leaders by the name of who follows them
   */
  static List<String> rules(Parameters all, Map<String, String> leaders) {
    List<String> rules = new ArrayList<>();
    for (Parameter end : all.all()) {
      if (stopsEarly(all, end)) {
        steps(all, end)
            .map(
                steps ->
                    leaders.getOrDefault(end.name(), end.name())
                        + " < "
                        + leaders.getOrDefault(steps.name(), steps.name()))
            .ifPresent(rules::add);
      }
    }
    return rules;
  }

  /** Whether one of them is such a step, or is compared with one. */
  static boolean concern(Parameters all, Set<Parameter> chosen) {
    return all.all().stream()
        .filter(end -> stopsEarly(all, end))
        .anyMatch(
            end -> chosen.contains(end) || steps(all, end).filter(chosen::contains).isPresent());
  }

  private static boolean stopsEarly(Parameters all, Parameter parameter) {
    return isEnd(all.purpose(parameter))
        && parameter
            .number()
            .filter(now -> now.signum() > 0 && now.compareTo(NO_STEP) < 0)
            .isPresent();
  }

  /** How many steps the same sampler has. */
  private static Optional<Parameter> steps(Parameters all, Parameter end) {
    Graph.Use purpose = all.purpose(end);
    return all.graph()
        .origin(purpose.node(), "steps")
        .flatMap(use -> all.find(Place.path(use.node().id(), use.field())));
  }
}
