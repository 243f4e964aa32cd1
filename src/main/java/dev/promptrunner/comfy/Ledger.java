package dev.promptrunner.comfy;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the server knows of jobs: its queue and its history. */
final class Ledger {
  private final Http http;
  private final Sleeper sleeper;
  private final Duration confirm;

  Ledger(Http http, Sleeper sleeper, Duration confirm) {
    this.http = http;
    this.sleeper = sleeper;
    this.confirm = confirm;
  }

  QueueState queue() throws FailureException, InterruptedException {
    return QueueState.of(http.get("reading the queue", "queue"));
  }

  /**
   * The job's record; empty while it is unknown, waits or runs, which the server does not tell
   * apart. One attempt.
   */
  Optional<HistoryRecord> finished(String promptId) throws FailureException, InterruptedException {
    JsonNode answer = http.getOnce("reading the history of job " + promptId, "history", promptId);
    return answer.optional(promptId).map(record -> HistoryRecord.of(promptId, record));
  }

  /**
   * Queue first, history second: the server moves a job from one to the other in one step, so in
   * this order it cannot slip between the two reads. One attempt each.
   */
  Place look(String promptId) throws FailureException, InterruptedException {
    QueueState queue = QueueState.of(http.getOnce("reading the queue", "queue"));
    Optional<HistoryRecord> record = finished(promptId);
    if (record.isPresent()) {
      return new Place.Finished(record.get());
    }
    if (queue.isRunning(promptId)) {
      return new Place.Running();
    }
    return queue
        .waitingBefore(promptId)
        .<Place>map(Place.Queued::new)
        .orElseGet(Place.Unknown::new);
  }

  /** The same, with a second pair of reads some time later before it says that nobody knows it. */
  Place lookTwice(String promptId) throws FailureException, InterruptedException {
    Place place = http.retries().run(() -> look(promptId));
    if (!(place instanceof Place.Unknown)) {
      return place;
    }
    sleeper.sleep(confirm);
    return http.retries().run(() -> look(promptId));
  }

  void forget(String promptId) throws FailureException, InterruptedException {
    http.post("deleting the history of job " + promptId, deletion(promptId), "history");
  }

  void dequeue(String promptId) throws FailureException, InterruptedException {
    http.post("taking job " + promptId + " from the queue", deletion(promptId), "queue");
  }

  void interrupt(String promptId) throws FailureException, InterruptedException {
    http.post(
        "interrupting job " + promptId, Json.object().put("prompt_id", promptId), "interrupt");
  }

  private static JsonNode deletion(String promptId) {
    var body = Json.object();
    body.putArray("delete").add(promptId);
    return body;
  }
}
