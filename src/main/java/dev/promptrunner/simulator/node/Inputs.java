package dev.promptrunner.simulator.node;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A node's inputs by name: {@link JsonNode} for a literal, otherwise what the linked node made.
 *
 * @param values in the order of the graph
 */
public record Inputs(Map<String, Object> values) {

  public <T> Optional<T> find(String name, Class<T> type) {
    Object value = values.get(name);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /**
   * The value of a linked input.
   *
   * @throws NodeException when there is none of this type
   */
  public <T> T get(String name, Class<T> type) throws NodeException {
    return find(name, type)
        .orElseThrow(
            () -> new NodeException("TypeError", "input '" + name + "' is not given as expected"));
  }

  /** A whole number, given or linked; the fallback when there is none. */
  public int integer(String name, int fallback) {
    Object value = values.get(name);
    double number =
        value instanceof JsonNode node && node.isNumber()
            ? node.doubleValue()
            : value instanceof Number given ? given.doubleValue() : fallback;
    return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
  }

  /** A seed, 0 … 2⁶⁴ − 1, in all its bits; 0 when there is none. */
  public long seed(String name) {
    return values.get(name) instanceof JsonNode node && node.isIntegralNumber()
        ? node.bigIntegerValue().longValue()
        : 0;
  }

  public double decimal(String name, double fallback) {
    Object value = values.get(name);
    if (value instanceof JsonNode node && node.isNumber()) {
      return node.doubleValue();
    }
    return value instanceof Number number ? number.doubleValue() : fallback;
  }

  public String text(String name, String fallback) {
    Object value = values.get(name);
    if (value instanceof JsonNode node) {
      return node.asString(fallback);
    }
    return value instanceof String text ? text : fallback;
  }

  public boolean flag(String name, boolean fallback) {
    Object value = values.get(name);
    if (value instanceof JsonNode node) {
      return node.asBoolean(fallback);
    }
    return value instanceof Boolean flag ? flag : fallback;
  }
}
