package dev.promptrunner.workflow;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What a class wants at one input. Both ways of servers are understood: {@code [["a", "b"], {…}]}
 * and {@code ["COMBO", {"options": ["a", "b"]}]} for choices.
 *
 * @param name of the input
 * @param need whether it must be there
 * @param type such as {@code INT}, {@code IMAGE}, {@code *}; {@code COMBO} for a list of choices
 * @param choices of a COMBO, when the server lists them
 * @param options further facts as the server gives them: {@code default}, {@code min}, {@code
 *     step}…
 */
public record InputSpec(
    String name, Need need, String type, Optional<List<JsonNode>> choices, JsonNode options) {
  static final String COMBO = "COMBO";

  /** Where a server lists the input. */
  public enum Need {
    REQUIRED,
    OPTIONAL,
    HIDDEN;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static InputSpec of(String name, Need need, JsonNode json) {
    JsonNode type = json.path(0);
    JsonNode options = json.path(1);
    if (type.isArray()) {
      return new InputSpec(name, need, COMBO, Optional.of(List.copyOf(type.values())), options);
    }
    boolean listed = options.path("options").isArray() && !options.has("remote");
    Optional<List<JsonNode>> choices =
        listed ? Optional.of(List.copyOf(options.path("options").values())) : Optional.empty();
    return new InputSpec(name, need, type.asString(json.asString("*")), choices, options);
  }

  /** The smallest number that the server takes. */
  public Optional<BigDecimal> min() {
    return number("min");
  }

  /** The largest number that the server takes. */
  public Optional<BigDecimal> max() {
    return number("max");
  }

  /** By how much an editor moves the number; a server does not insist on it. */
  public Optional<BigDecimal> step() {
    return number("step");
  }

  /** What an editor puts there at first. */
  public Optional<JsonNode> initial() {
    JsonNode initial = options.path("default");
    return initial instanceof MissingNode ? Optional.empty() : Optional.of(initial);
  }

  private Optional<BigDecimal> number(String key) {
    JsonNode value = options.path(key);
    return Trees.isFinite(value) ? Optional.of(value.decimalValue()) : Optional.empty();
  }
}
