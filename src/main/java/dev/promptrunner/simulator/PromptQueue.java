package dev.promptrunner.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntConsumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What waits, what runs and what has ended, under one lock, so that a prompt is in one of the three
 * at any moment. Thread-safe.
 */
final class PromptQueue {
  /** As many records as ComfyUI keeps. */
  private static final int HISTORY_LIMIT = 10_000;

  private final PriorityQueue<QueuedPrompt> pending = new PriorityQueue<>(QueuedPrompt.ORDER);
  private final List<QueuedPrompt> running = new ArrayList<>();
  private final Map<String, ObjectNode> history = new LinkedHashMap<>();
  private final IntConsumer changed;

  /**
   * @param changed told how many prompts wait and run after every change, in the order of the
   *     changes; it must not call back
   */
  PromptQueue(IntConsumer changed) {
    this.changed = changed;
  }

  /** False when a prompt with the same number and id already waits, which ComfyUI cannot order. */
  synchronized boolean put(QueuedPrompt prompt) {
    if (pending.stream().anyMatch(other -> QueuedPrompt.ORDER.compare(other, prompt) == 0)) {
      return false;
    }
    pending.add(prompt);
    changed();
    notifyAll();
    return true;
  }

  /**
   * The next prompt, which runs from now on.
   *
   * @param before done before anybody can see it running
   */
  synchronized QueuedPrompt take(Runnable before) throws InterruptedException {
    while (pending.isEmpty()) {
      wait();
    }
    before.run();
    QueuedPrompt prompt = pending.remove();
    running.add(prompt);
    changed();
    return prompt;
  }

  /** The move from running to the history; an empty record loses it. */
  synchronized void done(QueuedPrompt prompt, Optional<ObjectNode> ended) {
    running.remove(prompt);
    if (ended.isPresent()) {
      if (history.size() >= HISTORY_LIMIT) {
        history.remove(history.keySet().iterator().next());
      }
      history.remove(prompt.id());
      history.put(prompt.id(), ended.get());
    }
    changed();
  }

  synchronized int remaining() {
    return pending.size() + running.size();
  }

  synchronized boolean isRunning(String id) {
    return running.stream().anyMatch(prompt -> prompt.id().equals(id));
  }

  /** Removes at most one waiting prompt of this id, as ComfyUI does. */
  synchronized void delete(String id) {
    Iterator<QueuedPrompt> all = pending.iterator();
    while (all.hasNext()) {
      if (all.next().id().equals(id)) {
        all.remove();
        changed();
        return;
      }
    }
  }

  synchronized void clear() {
    pending.clear();
    changed();
  }

  /** The body of {@code GET /queue}: what waits is a heap, not sorted. */
  synchronized ObjectNode snapshot() {
    ObjectNode body = Json.object();
    ArrayNode now = body.putArray("queue_running");
    running.forEach(prompt -> now.add(prompt.item()));
    ArrayNode later = body.putArray("queue_pending");
    pending.forEach(prompt -> later.add(prompt.item()));
    return body;
  }

  synchronized ObjectNode history(String id) {
    ObjectNode body = Json.object();
    if (history.containsKey(id)) {
      body.set(id, history.get(id));
    }
    return body;
  }

  /**
   * Records, the oldest first.
   *
   * @param limit how many at most; negative is all
   * @param offset the first one, counted from the oldest; negative takes the newest
   */
  synchronized ObjectNode history(int limit, int offset) {
    List<String> ids = List.copyOf(history.keySet());
    int count = limit < 0 ? ids.size() : Math.min(limit, ids.size());
    int from = offset < 0 ? ids.size() - count : Math.min(offset, ids.size());
    ObjectNode body = Json.object();
    ids.subList(from, Math.min(ids.size(), from + count))
        .forEach(id -> body.set(id, history.get(id)));
    return body;
  }

  synchronized void forget(String id) {
    history.remove(id);
  }

  private void changed() {
    changed.accept(pending.size() + running.size());
  }

  synchronized void forgetAll() {
    history.clear();
  }
}
