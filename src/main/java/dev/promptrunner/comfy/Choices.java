package dev.promptrunner.comfy;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The values that a choice input offers, from its {@code [type, options]} pair. */
final class Choices {
  private Choices() {}

  /** Old nodes write {@code [["a","b"],{}]}, newer ones {@code ["COMBO",{"options":["a","b"]}]}. */
  static Optional<Rejection.Allowed> of(JsonNode config) {
    if (config.path(0).isArray()) {
      return Optional.of(new Rejection.Allowed.Choices(Json.strings(config.path(0))));
    }
    JsonNode options = config.path(1).path("options");
    return options.isArray()
        ? Optional.of(new Rejection.Allowed.Choices(Json.strings(options)))
        : Optional.empty();
  }

  /** The same from a class's entry in {@code object_info}. */
  static Optional<Rejection.Allowed> ofClass(JsonNode info, String input) {
    JsonNode inputs = info.path("input");
    return of(inputs.path("required").path(input))
        .or(() -> of(inputs.path("optional").path(input)));
  }
}
