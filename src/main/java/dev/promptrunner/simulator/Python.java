package dev.promptrunner.simulator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BigIntegerNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** Python's way to show and convert values, as far as a client can see it. */
final class Python {
  private Python() {}

  /** What {@code str(value)} gives: None, True, ['a', 'b'], bare text. */
  static String str(JsonNode value) {
    return value.isString() ? value.asString() : repr(value);
  }

  private static String repr(JsonNode value) {
    if (value.isNull()) {
      return "None";
    }
    if (value.isBoolean()) {
      return value.asBoolean() ? "True" : "False";
    }
    if (value.isString()) {
      return "'" + value.asString() + "'";
    }
    List<String> parts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(item -> parts.add(repr(item)));
      return "[" + String.join(", ", parts) + "]";
    }
    if (value.isObject()) {
      value.forEachEntry((key, item) -> parts.add("'" + key + "': " + repr(item)));
      return "{" + String.join(", ", parts) + "}";
    }
    return value.asString();
  }

  /** {@code int(value)}; empty where Python raises. */
  static Optional<JsonNode> toInt(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Optional.of(value);
    }
    if (value.isNumber()) {
      double number = value.doubleValue();
      return Double.isFinite(number)
          ? Optional.of(integer(new BigDecimal(number).toBigInteger()))
          : Optional.empty();
    }
    if (value.isBoolean()) {
      return Optional.of(IntNode.valueOf(value.asBoolean() ? 1 : 0));
    }
    return value.isString() ? parsedInt(value.asString().strip()) : Optional.empty();
  }

  /** {@code float(value)}; empty where Python raises. */
  static Optional<JsonNode> toFloat(JsonNode value) {
    if (value.isNumber()) {
      return Optional.of(DoubleNode.valueOf(value.doubleValue()));
    }
    if (value.isBoolean()) {
      return Optional.of(DoubleNode.valueOf(value.asBoolean() ? 1 : 0));
    }
    try {
      return value.isString()
          ? Optional.of(DoubleNode.valueOf(Double.parseDouble(value.asString().strip())))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static JsonNode toStr(JsonNode value) {
    return StringNode.valueOf(str(value));
  }

  /** {@code bool(value)}: whatever is not empty, zero or None. */
  static JsonNode toBool(JsonNode value) {
    boolean truth =
        switch (value.getNodeType()) {
          case BOOLEAN -> value.asBoolean();
          case NUMBER -> value.doubleValue() != 0;
          case STRING -> !value.asString().isEmpty();
          case ARRAY, OBJECT -> !value.isEmpty();
          case NULL, MISSING -> false;
          case BINARY, POJO -> true;
        };
    return BooleanNode.valueOf(truth);
  }

  private static Optional<JsonNode> parsedInt(String text) {
    return text.matches("[+-]?\\d+")
        ? Optional.of(integer(new BigInteger(text)))
        : Optional.empty();
  }

  private static JsonNode integer(BigInteger value) {
    if (value.bitLength() < 32) {
      return IntNode.valueOf(value.intValue());
    }
    return value.bitLength() < 64
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }
}
