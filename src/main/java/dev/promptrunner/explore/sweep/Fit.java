package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.sample.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NumericNode;

/**
 * Holds values against what a parameter takes, before a server is asked. Pure.
 *
 * @param where the place that problems name
 * @param exact whether the choices are all that the server has
 */
record Fit(String where, Parameter parameter, boolean exact) {
  private static final int SHOWN = 6;

  /** Why the parameter cannot take the value, if so. */
  Optional<Problem> problem(JsonNode value) {
    return switch (parameter.type()) {
      case INTEGER -> whole(value).or(() -> limits(value));
      case NUMBER -> isNumber(value) ? limits(value) : wrong("takes numbers", value, "");
      case BOOLEAN ->
          value.isBoolean()
              ? Optional.empty()
              : wrong("takes true or false", value, "write true or false, without quotes");
      case SEED -> seed(value);
      case STRING, TEXT, FILE ->
          value.isString() ? Optional.empty() : wrong("takes text", value, "put it in quotes");
      case CHOICE -> choice(value);
    };
  }

  /** Why a range is nothing for the parameter, if so. */
  Optional<Problem> rangeProblem() {
    return switch (parameter.type()) {
      case INTEGER, NUMBER -> Optional.empty();
      case SEED ->
          wrong(
              "is a seed, which has no range to explore: a larger seed is no more of anything",
              parameter.value(),
              "write type: random_seed");
      case CHOICE, BOOLEAN, STRING, TEXT, FILE ->
          wrong(
              "is a " + parameter.type().label() + ", which has no range",
              parameter.value(),
              "write type: values with those to try" + some());
    };
  }

  /** Whether both ends of a range are taken. */
  Optional<Problem> endsProblem(BigDecimal min, BigDecimal max) {
    for (BigDecimal end : List.of(min, max)) {
      if (!parameter.domain().contains(end)) {
        return Optional.of(
            new Problem(
                where,
                "'%s' takes numbers %s only".formatted(parameter.name(), range()),
                end.toPlainString(),
                "stay within them"));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> whole(JsonNode value) {
    boolean right = isNumber(value) && value.decimalValue().stripTrailingZeros().scale() <= 0;
    return right ? Optional.empty() : wrong("takes whole numbers", value, "write one");
  }

  private Optional<Problem> limits(JsonNode value) {
    return endsProblem(value.decimalValue(), value.decimalValue());
  }

  private Optional<Problem> seed(JsonNode value) {
    boolean right =
        value.isIntegralNumber()
            && value.bigIntegerValue().compareTo(BigInteger.ZERO) >= 0
            && value.bigIntegerValue().compareTo(Seeds.GREATEST) <= 0;
    return right
        ? Optional.empty()
        : wrong("takes whole numbers from 0 to " + Seeds.GREATEST, value, "write one");
  }

  private Optional<Problem> choice(JsonNode value) {
    List<JsonNode> options = parameter.options();
    if (!exact || options.isEmpty() || options.contains(value)) {
      return Optional.empty();
    }
    List<String> texts = options.stream().map(JsonNode::asString).toList();
    return wrong(
        "does not offer this",
        value,
        Nearest.hint(value.asString(value.toString()), texts, "write one of its choices" + some()));
  }

  /** The first few of its choices. */
  private String some() {
    List<String> texts =
        parameter.options().stream().limit(SHOWN).map(value -> value.asString("")).toList();
    String more = parameter.options().size() > SHOWN ? ", …" : "";
    return texts.isEmpty() ? "" : ": " + String.join(", ", texts) + more;
  }

  private static boolean isNumber(JsonNode value) {
    return value instanceof NumericNode number && !number.isNaN();
  }

  private String range() {
    return parameter.min().map(min -> "from " + plain(min)).orElse("")
        + parameter.max().map(max -> " to " + plain(max)).orElse("");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private Optional<Problem> wrong(String what, JsonNode found, String remedy) {
    return Optional.of(
        new Problem(
            where,
            "'%s' (%s of %s) %s"
                .formatted(parameter.name(), parameter.field(), parameter.classType(), what),
            found.asString(found.toString()),
            remedy.isEmpty() ? "write one" : remedy));
  }
}
