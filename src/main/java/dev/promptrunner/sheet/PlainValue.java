package dev.promptrunner.sheet;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/** Values of parameters in a form that JavaScript reads without loss. */
final class PlainValue {
  /** JavaScript's numbers are exact up to here: 2^53 − 1. */
  private static final BigInteger EXACT = BigInteger.valueOf((1L << 53) - 1);

  private PlainValue() {}

  /**
   * A text, a boolean, or a number that JavaScript holds exactly; every other value is its text, so
   * that no seed is rounded.
   */
  static JsonNode of(JsonNode value) {
    if (value.isIntegralNumber()) {
      BigInteger number = value.bigIntegerValue();
      return number.abs().compareTo(EXACT) > 0 ? StringNode.valueOf(number.toString()) : value;
    }
    if (value.isNumber()) {
      return Double.isFinite(value.doubleValue()) ? value : StringNode.valueOf(value.asString());
    }
    return value.isString() || value.isBoolean() ? value : StringNode.valueOf(value.toString());
  }

  /** Equal for equal values: 3, 3.0 and 3.00 are one. */
  static Object identity(JsonNode value) {
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      BigDecimal number = value.decimalValue();
      return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
    return value;
  }

  /** Stands for a parameter that a run does not have. */
  static JsonNode none() {
    return MissingNode.getInstance();
  }
}
