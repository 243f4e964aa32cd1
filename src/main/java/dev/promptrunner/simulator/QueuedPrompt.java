package dev.promptrunner.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A prompt that has passed validation.
 *
 * @param number its priority, lower first; an integer unless the client sent one
 * @param graph inputs converted to their types; never changed after this
 * @param extra {@code extra_data} as it will stand in the history
 * @param targets the output nodes that will run
 */
record QueuedPrompt(
    JsonNode number, String id, ObjectNode graph, ObjectNode extra, List<String> targets) {
  static final Comparator<QueuedPrompt> ORDER =
      Comparator.<QueuedPrompt>comparingDouble(prompt -> prompt.number().asDouble())
          .thenComparing(QueuedPrompt::id);

  QueuedPrompt {
    targets = List.copyOf(targets);
  }

  /** Who alone gets the events; empty when the prompt was sent without a client id. */
  Optional<String> client() {
    JsonNode client = extra.path("client_id");
    return client.isString() ? Optional.of(client.asString()) : Optional.empty();
  }

  /** The item as {@code /queue} and the history show it. */
  ArrayNode item() {
    return Json.array().add(number).add(id).add(graph).add(extra).add(Json.array(targets));
  }

  /** What the targets will be called on disk, so that renders of the same thing can be counted. */
  List<String> outputs() {
    List<String> outputs = new ArrayList<>();
    for (String target : targets) {
      JsonNode inputs = graph.path(target).path("inputs");
      if (inputs.path("filename_prefix").isString()) {
        outputs.add(inputs.path("filename_prefix").asString());
      } else if (inputs.path("folder_path").isString()) {
        outputs.add(latent(inputs));
      }
    }
    return outputs;
  }

  private static String latent(JsonNode inputs) {
    String folder = inputs.path("folder_path").asString();
    String sub = inputs.path("subfolder_name").asString("");
    return folder + "/" + (sub.isEmpty() ? "" : sub + "/") + inputs.path("filename").asString("");
  }
}
