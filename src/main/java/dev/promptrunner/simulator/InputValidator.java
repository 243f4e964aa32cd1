package dev.promptrunner.simulator;

import dev.promptrunner.simulator.node.Folders;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks one literal value against its input and converts it to the input's type. */
final class InputValidator {
  private final Folders folders;

  InputValidator(Folders folders) {
    this.folders = folders;
  }

  /**
   * Puts the converted value into the inputs.
   *
   * @return the error, or nothing
   */
  Optional<ObjectNode> check(NodeClass owner, InputSpec input, ObjectNode inputs) {
    JsonNode given = inputs.path(input.name());
    JsonNode value = given.path("__value__").isMissingNode() ? given : given.path("__value__");
    Optional<JsonNode> converted = converted(input, value);
    if (converted.isEmpty()) {
      return Optional.of(NodeErrors.unconvertible(input, value, why(input, value)));
    }
    inputs.set(input.name(), converted.get());
    return range(owner, input, converted.get());
  }

  private static Optional<JsonNode> converted(InputSpec input, JsonNode value) {
    return switch (input.type().asString("")) {
      case "INT" -> Python.toInt(value);
      case "FLOAT" -> Python.toFloat(value);
      case "STRING" -> Optional.of(Python.toStr(value));
      case "BOOLEAN" -> Optional.of(Python.toBool(value));
      default -> Optional.of(value);
    };
  }

  private static String why(InputSpec input, JsonNode value) {
    String shown = value.isString() ? "'" + value.asString() + "'" : Python.str(value);
    if (!value.isString()) {
      String function = input.type().asString().equals("INT") ? "int()" : "float()";
      return function + " argument must be a string or a real number, not " + shown;
    }
    return input.type().asString().equals("INT")
        ? "invalid literal for int() with base 10: " + shown
        : "could not convert string to float: " + shown;
  }

  private Optional<ObjectNode> range(NodeClass owner, InputSpec input, JsonNode value) {
    if (input.isChoice()) {
      return choice(owner, input, value);
    }
    if (value.isNumber() && compare(value, input.options().path("min")) < 0) {
      return Optional.of(NodeErrors.tooSmall(input, value));
    }
    if (value.isNumber() && compare(value, input.options().path("max")) > 0) {
      return Optional.of(NodeErrors.tooBig(input, value));
    }
    return Optional.empty();
  }

  private static int compare(JsonNode value, JsonNode bound) {
    boolean comparable = bound.isNumber() && Double.isFinite(value.doubleValue());
    return comparable ? decimal(value).compareTo(decimal(bound)) : 0;
  }

  private static BigDecimal decimal(JsonNode number) {
    return new BigDecimal(number.asString());
  }

  private Optional<ObjectNode> choice(NodeClass owner, InputSpec input, JsonNode value) {
    if (input.choices().valueStream().anyMatch(choice -> same(choice, value))) {
      return Optional.empty();
    }
    if (!ObjectInfo.namesFile(owner.name(), input.name())) {
      return Optional.of(NodeErrors.notInList(input, value));
    }
    Optional<Path> file = folders.annotated(Python.str(value));
    if (file.filter(Files::isRegularFile).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        owner.name().equals("LoadImage")
            ? NodeErrors.custom(input, "Invalid image file: " + Python.str(value))
            : NodeErrors.notInList(input, value));
  }

  private static boolean same(JsonNode choice, JsonNode value) {
    return (choice.isNumber() && value.isNumber())
        ? choice.doubleValue() == value.doubleValue()
        : choice.equals(value);
  }
}
