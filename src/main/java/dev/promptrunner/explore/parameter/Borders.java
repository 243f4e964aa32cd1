package dev.promptrunner.explore.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The step at which one sampler hands over to another, and what must hold for it. */
final class Borders {
  private static final Set<String> ENDS = Set.of("end_at_step", "end_step");

  /** Steps beyond it mean "to the end". */
  private static final int NO_STEP = 1000;

  private Borders() {}

  /**
   * Such as {@code high_steps < steps}, for each sampler that stops before its last step.
   *
   * @param leaders by the name of who follows them
   */
  static List<String> rules(Parameters all, Map<String, String> leaders) {
    List<String> rules = new ArrayList<>();
    for (Parameter end : all.all()) {
      if (isBorder(all, end)) {
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
        .filter(end -> isBorder(all, end))
        .anyMatch(
            end -> chosen.contains(end) || steps(all, end).filter(chosen::contains).isPresent());
  }

  private static boolean isBorder(Parameters all, Parameter parameter) {
    return ENDS.contains(all.purpose(parameter).field())
        && parameter
            .number()
            .filter(now -> now.signum() > 0 && now.intValue() < NO_STEP)
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
