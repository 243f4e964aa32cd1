package dev.promptrunner.explore.sample;

import java.math.BigDecimal;
import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Numbers as JSON nodes of the class that reading them back from a file gives. */
final class JsonNumbers {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int BITS_OF_INT = 31;
  private static final int BITS_OF_LONG = 63;

  private JsonNumbers() {}

  /** {@code 4.5}, and {@code 4.0} for 4. */
  static JsonNode fraction(double value) {
    return NODES.numberNode(value);
  }

  /** {@code 4}, of any size. */
  static JsonNode whole(BigInteger value) {
    if (value.bitLength() <= BITS_OF_INT) {
      return NODES.numberNode(value.intValue());
    }
    return value.bitLength() <= BITS_OF_LONG
        ? NODES.numberNode(value.longValue())
        : NODES.numberNode(value);
  }

  static boolean isWhole(BigDecimal value) {
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
  }
}
