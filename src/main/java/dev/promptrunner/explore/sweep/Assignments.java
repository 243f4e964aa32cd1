package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Reading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads {@code sampler_seed=12345} as a person types it, by the type of the parameter. Pure. */
public final class Assignments {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Assignments() {}

  /**
   * The values by readable name, in the order given; every mistake in one report.
   *
   * @param option the option that problems name
   */
  public static Reading<Map<String, JsonNode>> read(
      String option, List<String> written, Parameters parameters) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String assignment : written) {
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        problems.add(new Problem(option, "not an assignment", assignment, "write NAME=VALUE"));
        continue;
      }
      switch (parameters.lookup(option, assignment.substring(0, equals).strip())) {
        case Reading.Good<Parameter>(Parameter parameter) -> {
          JsonNode value = value(parameter, assignment.substring(equals + 1));
          new Fit(option, parameter, parameters.isExact()).problem(value).ifPresent(problems::add);
          values.put(parameter.name(), value);
        }
        case Reading.Bad<Parameter>(List<Problem> found) -> problems.addAll(found);
      }
    }
    return problems.isEmpty() ? new Reading.Good<>(values) : new Reading.Bad<>(problems);
  }

  /** A value that is none of the type stays text, which the check then tells. */
  private static JsonNode value(Parameter parameter, String text) {
    return switch (parameter.type()) {
      case INTEGER, SEED, NUMBER -> number(text).orElseGet(() -> NODES.stringNode(text));
      case BOOLEAN ->
          text.equals("true") || text.equals("false")
              ? NODES.booleanNode(text.equals("true"))
              : NODES.stringNode(text);
      case CHOICE -> choice(parameter, text);
      case STRING, TEXT, FILE -> NODES.stringNode(text);
    };
  }

  private static Optional<JsonNode> number(String text) {
    try {
      BigDecimal number = new BigDecimal(text.strip());
      // Exponents beyond a double's would take all memory when written out.
      if (Math.abs((long) number.scale()) > 400) {
        return Optional.empty();
      }
      return Optional.of(
          number.stripTrailingZeros().scale() <= 0
              ? NODES.numberNode(number.toBigInteger())
              : NODES.numberNode(number.doubleValue()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** A choice may be a number or a switch on some servers. */
  private static JsonNode choice(Parameter parameter, String text) {
    return parameter.options().stream()
        .filter(option -> option.asString(option.toString()).equals(text))
        .findFirst()
        .orElseGet(() -> NODES.stringNode(text));
  }
}
