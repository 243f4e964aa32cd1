package dev.promptrunner.explore.sweep;

import dev.promptrunner.base.Nearest;
import dev.promptrunner.explore.sample.Scale;
import dev.promptrunner.explore.sample.Seeds;
import dev.promptrunner.workflow.Section;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads how one parameter varies. One use. */
final class VariationReader {
  private static final List<String> TYPES =
      List.of("continuous", "linear", "values", "random_seed", "prompt");

  private final String key;
  private final Section section;

  VariationReader(String key, Section section) {
    this.key = key;
    this.section = section;
  }

  /** Empty, and reported, when it is not to be understood. */
  Optional<Variation> read() {
    String type = section.requiredText("type");
    return switch (type) {
      case "continuous" -> continuous();
      case "linear" -> linear();
      case "values" -> Optional.of(new Variation.Values(listed()));
      case "random_seed" -> seed();
      case "prompt" -> Optional.of(new Variation.Prompts(listed()));
      case "" -> untold();
      default -> unknown(type);
    };
  }

  private Optional<Variation> unknown(String type) {
    section.wrong(
        "type",
        "of '%s' is unknown (%s)"
            .formatted(key, Nearest.hint(type, TYPES, "write one of " + String.join(", ", TYPES))),
        JsonNodeFactory.instance.stringNode(type));
    return untold();
  }

  /** What belongs to a type that nobody knows cannot be judged. */
  private Optional<Variation> untold() {
    List.of("min", "max", "step", "count", "scale", "values").forEach(section::has);
    return Optional.empty();
  }

  private Optional<Variation> continuous() {
    Optional<BigDecimal> min = bound("min");
    Optional<BigDecimal> max = bound("max");
    Optional<Scale> scale = scale();
    return min.isPresent() && max.isPresent() && scale.isPresent()
        ? Optional.of(new Variation.Continuous(min.get(), max.get(), scale.get()))
        : Optional.empty();
  }

  private Optional<BigDecimal> bound(String name) {
    if (!section.has(name)) {
      section.problem("'" + key + "' has no " + name, "", "add " + name + ": and a number");
    }
    return section.decimal(name);
  }

  private Optional<Scale> scale() {
    Optional<String> written = section.text("scale");
    Optional<Scale> scale = written.isEmpty() ? Optional.of(Scale.LINEAR) : Scale.of(written.get());
    if (scale.isEmpty()) {
      section.wrong("scale", "must be linear or log", section.value("scale"));
    }
    return scale;
  }

  private Optional<Variation> linear() {
    Optional<BigDecimal> min = bound("min");
    Optional<BigDecimal> max = bound("max");
    Optional<BigDecimal> step = section.decimal("step");
    Optional<Integer> count =
        section.has("count")
            ? Optional.of(section.number("count", 1, Integer.MAX_VALUE))
            : Optional.empty();
    if (section.has("step") == section.has("count")) {
      section.problem(
          "'" + key + "' needs either a step or a count",
          section.has("step") ? "both" : "neither",
          "write step: 0.5, or count: 5");
      return Optional.empty();
    }
    return min.isPresent() && max.isPresent() && (step.isPresent() || count.isPresent())
        ? Optional.of(new Variation.Linear(min.get(), max.get(), step, count))
        : Optional.empty();
  }

  private List<JsonNode> listed() {
    List<JsonNode> values = section.values("values");
    if (values.isEmpty()) {
      section.problem("'" + key + "' has no values", "", "add values: [first, second]");
    }
    return values;
  }

  private Optional<Variation> seed() {
    Optional<BigInteger> least = seedBound("min", BigInteger.ZERO);
    Optional<BigInteger> greatest = seedBound("max", Seeds.GREATEST);
    if (least.isEmpty() || greatest.isEmpty()) {
      return Optional.empty();
    }
    if (least.get().compareTo(greatest.get()) > 0) {
      section.problem(
          "the minimum of '" + key + "' is above its maximum",
          least.get() + " > " + greatest.get(),
          "swap them");
      return Optional.empty();
    }
    return Optional.of(new Variation.RandomSeed(least.get(), greatest.get()));
  }

  private Optional<BigInteger> seedBound(String name, BigInteger otherwise) {
    JsonNode value = section.value(name);
    if (value.isMissingNode()) {
      return Optional.of(otherwise);
    }
    boolean right =
        value.isIntegralNumber()
            && value.bigIntegerValue().signum() >= 0
            && value.bigIntegerValue().compareTo(Seeds.GREATEST) <= 0;
    if (!right) {
      section.wrong(name, "must be a whole number from 0 to " + Seeds.GREATEST, value);
    }
    return right ? Optional.of(value.bigIntegerValue()) : Optional.empty();
  }
}
