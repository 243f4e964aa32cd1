package dev.promptrunner.comfy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How a job ended: the server's last word.
 *
 * @param outputs files of every node, also of those that finished before an error
 * @param cached nodes that were not run because the server still had their results; a cached saver
 *     reports its <em>old</em> file
 * @param started by the server's clock
 * @param ended by the server's clock
 */
public record HistoryRecord(
    String promptId,
    Outcome outcome,
    List<OutputFile> outputs,
    Set<String> cached,
    Optional<Instant> started,
    Optional<Instant> ended) {

  /** The three ends of a job. */
  public sealed interface Outcome {
    record Succeeded() implements Outcome {}

    record Failed(NodeFailure failure) implements Outcome {}

    record Interrupted(String node, String className) implements Outcome {}
  }

  /** Between start and end as the server saw them; zero when it did not say. */
  public Duration took() {
    return started
        .flatMap(from -> ended.map(to -> Duration.between(from, to)))
        .filter(span -> !span.isNegative())
        .orElse(Duration.ZERO);
  }

  /** Reads the value under the job's id in the answer of {@code /history/ID}. */
  static HistoryRecord of(String promptId, JsonNode record) {
    JsonNode messages = record.path("status").path("messages");
    return new HistoryRecord(
        promptId,
        outcome(record.path("status"), messages),
        OutputWalk.ofRecord(record.path("outputs"), record.path("meta")),
        Set.copyOf(Json.strings(message(messages, "execution_cached").path("nodes"))),
        at(message(messages, "execution_start")),
        end(messages));
  }

  /**
   * The status may say success beside the message of an error (a cycle found while running), so
   * either of the two is enough for a failure; and an interrupt is an error to the status.
   */
  private static Outcome outcome(JsonNode status, JsonNode messages) {
    JsonNode interrupted = message(messages, "execution_interrupted");
    if (!interrupted.isMissingNode()) {
      return new Outcome.Interrupted(
          Json.string(interrupted, "node_id"), Json.string(interrupted, "node_type"));
    }
    JsonNode error = message(messages, "execution_error");
    if (!error.isMissingNode()) {
      return new Outcome.Failed(NodeFailure.of(error));
    }
    if (Json.string(status, "status_str").equals("error")) {
      return new Outcome.Failed(new NodeFailure("", "", "", "the server names no cause"));
    }
    return new Outcome.Succeeded();
  }

  private static Optional<Instant> end(JsonNode messages) {
    for (String type : List.of("execution_success", "execution_error", "execution_interrupted")) {
      Optional<Instant> end = at(message(messages, type));
      if (end.isPresent()) {
        return end;
      }
    }
    return Optional.empty();
  }

  private static Optional<Instant> at(JsonNode message) {
    JsonNode timestamp = message.path("timestamp");
    return timestamp.isNumber()
        ? Optional.of(Instant.ofEpochMilli(timestamp.asLong(0)))
        : Optional.empty();
  }

  /** Messages are pairs of type and data. */
  private static JsonNode message(JsonNode messages, String type) {
    for (JsonNode pair : messages) {
      if (pair.path(0).asString("").equals(type)) {
        return pair.path(1);
      }
    }
    return messages.path("none");
  }
}
