package dev.promptrunner.workflow;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Values of variables, each with its own type: a seed stays a whole number. Immutable. */
public final class Variables {
  public static final Variables NONE = new Variables(new EnumMap<>(Variable.class));

  private final EnumMap<Variable, JsonNode> values;

  private Variables(EnumMap<Variable, JsonNode> values) {
    this.values = values;
  }

  public Variables with(Variable variable, long value) {
    boolean small = (int) value == value;
    return with(
        variable, small ? Trees.NODES.numberNode((int) value) : Trees.NODES.numberNode(value));
  }

  public Variables with(Variable variable, BigInteger value) {
    return with(variable, Trees.NODES.numberNode(value));
  }

  /** A whole value is written without a decimal point, as people write frame rates. */
  public Variables with(Variable variable, double value) {
    return value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE
        ? with(variable, (long) value)
        : with(variable, Trees.NODES.numberNode(value));
  }

  public Variables with(Variable variable, String value) {
    return with(variable, Trees.NODES.stringNode(value));
  }

  public Variables with(Variable variable, boolean value) {
    return with(variable, Trees.NODES.booleanNode(value));
  }

  Optional<JsonNode> value(Variable variable) {
    return Optional.ofNullable(values.get(variable));
  }

  /** Every variable that the pass has, with a value of the right kind. */
  static Variables samples(Pass pass, boolean withReference) {
    EnumMap<Variable, JsonNode> samples = new EnumMap<>(Variable.class);
    for (Variable variable : Variable.values()) {
      if (variable.isKnownIn(pass, withReference)) {
        samples.put(variable, variable.sample());
      }
    }
    return new Variables(samples);
  }

  private Variables with(Variable variable, JsonNode value) {
    EnumMap<Variable, JsonNode> more = new EnumMap<>(values);
    more.put(variable, value);
    return new Variables(more);
  }

  @Override
  public String toString() {
    return Map.copyOf(values).toString();
  }
}
