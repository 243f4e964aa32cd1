package dev.promptrunner.pod;

import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;

/** RunPod's words, which all its interfaces share. */
final class RunPodState {
  private RunPodState() {}

  static Reading of(String status, OptionalDouble dollarsPerHour) {
    return new Reading.Known(
        status.equals("EXITED"), status.equals("TERMINATED"), status, dollarsPerHour);
  }

  /** The first of these that is a number, or a text that is one. */
  static OptionalDouble price(JsonNode... fields) {
    for (JsonNode field : fields) {
      String text = field.asString("");
      if (text.matches("\\d+(\\.\\d+)?")) {
        return OptionalDouble.of(Double.parseDouble(text));
      }
    }
    return OptionalDouble.empty();
  }
}
