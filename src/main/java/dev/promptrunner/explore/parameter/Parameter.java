package dev.promptrunner.explore.parameter;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A literal of a workflow, as something to set.
 *
 * @param name unique in its workflow and the same on every run, in {@code snake_case}, such as
 *     {@code sampler_cfg}; depends on the workflow alone, not on the server
 * @param place where it stands
 * @param domain what it can be
 * @param value what it is now, exact; not to be changed by who reads it
 * @param guessed neither the server nor our table of common nodes knows the input
 * @param changesModel whether the server loads something anew when it changes, so that it should
 *     vary slowest
 */
public record Parameter(
    String name,
    Place place,
    Domain domain,
    JsonNode value,
    boolean guessed,
    boolean changesModel) {

  /** {@code nodes.91.inputs.strength_model}. */
  public String path() {
    return place.path();
  }

  public String node() {
    return place.node();
  }

  public String title() {
    return place.title();
  }

  public String classType() {
    return place.classType();
  }

  public String field() {
    return place.field();
  }

  public ParameterType type() {
    return domain.type();
  }

  public Optional<BigDecimal> min() {
    return domain.min();
  }

  public Optional<BigDecimal> max() {
    return domain.max();
  }

  public Optional<BigDecimal> step() {
    return domain.step();
  }

  public List<JsonNode> options() {
    return domain.options();
  }

  /** The value as a number, also when the workflow writes it as text; empty for other values. */
  public Optional<BigDecimal> number() {
    return Literals.number(value);
  }
}
