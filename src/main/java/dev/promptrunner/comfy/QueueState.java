package dev.promptrunner.comfy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The server's queue at one moment.
 *
 * @param running at most one in practice
 * @param pending in the order in which they will run
 */
public record QueueState(List<Item> running, List<Item> pending) {
  /**
   * A job in the queue.
   *
   * @param number its priority, lower runs first
   * @param targets the output nodes that will run
   */
  public record Item(
      double number, String promptId, Optional<String> clientId, List<String> targets) {}

  static QueueState of(JsonNode answer) {
    // the server sends a heap's array, which is not in order
    List<Item> pending = items(answer.path("queue_pending"));
    pending.sort(Comparator.comparingDouble(Item::number).thenComparing(Item::promptId));
    return new QueueState(List.copyOf(items(answer.path("queue_running"))), List.copyOf(pending));
  }

  private static List<Item> items(JsonNode array) {
    List<Item> items = new ArrayList<>();
    for (JsonNode item : array) {
      items.add(
          new Item(
              item.path(0).asDouble(0),
              item.path(1).asString(""),
              Json.text(item.path(3), "client_id"),
              Json.strings(item.path(4))));
    }
    return items;
  }

  boolean isRunning(String promptId) {
    return running.stream().anyMatch(item -> item.promptId().equals(promptId));
  }

  /** How many wait before it; empty when it does not wait. */
  Optional<Integer> waitingBefore(String promptId) {
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).promptId().equals(promptId)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
