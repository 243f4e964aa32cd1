package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.sample.Constraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Holds the samples of a sweep against its constraints once more for a shot, which may set what the
 * constraints speak of. Pure.
 *
 * @param given what the shot sets, by parameter name
 */
record ShotConstraints(Parameters parameters, Shot shot, Map<String, JsonNode> given) {

  /** One problem for each constraint that the shot breaks, with the first sample that does. */
  List<Problem> problems(List<Constraint> constraints, List<SweepTable.Cell> cells) {
    return constraints.stream()
        .map(constraint -> constraint.renamed(this::name))
        .filter(constraint -> constraint.names().stream().anyMatch(given::containsKey))
        .flatMap(constraint -> problem(constraint, cells).stream())
        .toList();
  }

  /** A constraint may name a parameter by its path. */
  private String name(String written) {
    return parameters.find(written).map(Parameter::name).orElse(written);
  }

  private Optional<Problem> problem(Constraint constraint, List<SweepTable.Cell> cells) {
    return cells.stream()
        .filter(cell -> breaks(constraint, cell))
        .findFirst()
        .map(cell -> broken(constraint, cell));
  }

  private boolean breaks(Constraint constraint, SweepTable.Cell cell) {
    boolean numbers =
        constraint.numeric().stream().map(name -> value(name, cell)).allMatch(JsonNode::isNumber);
    return !numbers || !constraint.holds(name -> value(name, cell));
  }

  private JsonNode value(String name, SweepTable.Cell cell) {
    return Optional.ofNullable(cell.values().get(name))
        .or(() -> Optional.ofNullable(given.get(name)))
        .orElseGet(() -> parameters.find(name).orElseThrow().value());
  }

  private Problem broken(Constraint constraint, SweepTable.Cell cell) {
    String values =
        constraint.names().stream()
            .map(name -> name + "=" + SweepTable.text(value(name, cell)))
            .collect(Collectors.joining(", "));
    return new Problem(
        shot.where(),
        "the shot '%s' breaks the constraint '%s'".formatted(shot.name(), constraint),
        "%s in sample %d".formatted(values, cell.sample()),
        "change what the shot sets, or the constraint at " + constraint.where());
  }
}
