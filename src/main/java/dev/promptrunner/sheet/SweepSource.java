package dev.promptrunner.sheet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A sweep file, so that the page can write a narrower one around the favourites.
 *
 * @param file its name, such as {@code wan.yaml}
 * @param text it as it was, comments and all
 * @param parameters those it explores, in its order
 */
public record SweepSource(String file, String text, List<Swept> parameters) {
  public SweepSource {
    parameters = List.copyOf(parameters);
  }

  /**
   * One explored parameter.
   *
   * @param name as {@link dev.promptrunner.explore.result.Result#parameters} has it
   * @param key as the sweep file has it: the same, or a path such as {@code nodes.3.inputs.cfg}
   * @param type {@code continuous}, {@code linear}, {@code values}, {@code prompt} or {@code
   *     random_seed}
   * @param min for a range
   * @param max for a range
   * @param step between two levels, when linear
   * @param values the choices, when values or prompt
   */
  public record Swept(
      String name,
      String key,
      String type,
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      Optional<BigDecimal> step,
      List<JsonNode> values) {
    public Swept {
      values = List.copyOf(values);
    }
  }
}
