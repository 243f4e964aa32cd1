package dev.promptrunner.comfy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends workflows. A job's id does not protect against running twice, so a workflow is never sent
 * again on a guess: when the answer is lost, queue and history tell whether the server has it.
 */
final class Submitter {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Http http;
  private final Ledger ledger;
  private final Canceller canceller;
  private final Hearing hearing;
  private final Introspection introspection;
  private final String clientId;

  Submitter(
      Http http,
      Ledger ledger,
      Canceller canceller,
      Hearing hearing,
      Introspection introspection,
      String clientId) {
    this.http = http;
    this.ledger = ledger;
    this.canceller = canceller;
    this.hearing = hearing;
    this.introspection = introspection;
    this.clientId = clientId;
  }

  Submission submit(ObjectNode graph, String promptId, List<String> targets)
      throws FailureException, InterruptedException {
    if (!ID.matcher(promptId).matches()) {
      throw new IllegalArgumentException("not a lower-case UUID: '" + promptId + "'");
    }
    Optional<Rejection> unfit = GraphCheck.refuse(graph, targets);
    if (unfit.isPresent()) {
      return new Submission.Refused(unfit.get());
    }
    String attempted = "sending job " + promptId + " to " + http.address();
    long mark = hearing.received();
    Answer answer;
    try {
      answer = http.sendOnce(request(graph, promptId, targets));
    } catch (ConnectException e) {
      throw http.refusals().of(attempted, e);
    } catch (IOException e) {
      return settle(promptId, http.refusals().of(attempted, e));
    }
    if (answer.ok()) {
      hearing.expectAfter(mark);
    }
    return judge(attempted, graph, promptId, answer);
  }

  private Request request(ObjectNode graph, String promptId, List<String> targets) {
    ObjectNode body = Json.object();
    body.set("prompt", graph);
    body.put("client_id", clientId);
    body.put("prompt_id", promptId);
    if (!targets.isEmpty()) {
      ArrayNode list = body.putArray("partial_execution_targets");
      targets.forEach(list::add);
    }
    return http.request(http.address().route("prompt")).post(Http.json(body)).build();
  }

  private Submission judge(String attempted, ObjectNode graph, String promptId, Answer answer)
      throws FailureException, InterruptedException {
    Optional<JsonNode> json = answer.json();
    if (answer.ok() && json.isPresent() && json.get().has("prompt_id")) {
      return accepted(attempted, graph, promptId, json.get());
    }
    if (answer.status() == 400 && json.isPresent() && json.get().has("error")) {
      return new Submission.Refused(reader(graph).read(json.get()));
    }
    FailureException refusal = http.refusals().of(attempted, answer);
    // an error behind a proxy or after the queueing leaves open whether the job is queued
    return refusal.failure() instanceof Failure.Transient
        ? settle(promptId, refusal)
        : refuse(refusal);
  }

  private static Submission refuse(FailureException refusal) throws FailureException {
    throw refusal;
  }

  private Submission accepted(String attempted, ObjectNode graph, String promptId, JsonNode answer)
      throws FailureException, InterruptedException {
    String taken = Json.string(answer, "prompt_id");
    if (!taken.equals(promptId)) {
      canceller.cancel(taken);
      throw new FailureException(
          new Failure.Rejected(
              attempted,
              "the server ignored the job's id and gave it another, " + taken,
              "update ComfyUI to 0.3.64 or later"));
    }
    if (answer.path("node_errors").isEmpty()) {
      return new Submission.Queued(promptId, clientId);
    }
    // the outputs that passed are queued, the others dropped without another word
    canceller.cancel(promptId);
    return new Submission.Refused(reader(graph).read(answer));
  }

  private RejectionReader reader(ObjectNode graph) {
    return new RejectionReader(graph, introspection::choices);
  }

  /** The answer is lost: look whether the server has the job. */
  private Submission settle(String promptId, FailureException lost)
      throws FailureException, InterruptedException {
    Place place = ledger.lookTwice(promptId);
    if (!(place instanceof Place.Unknown)) {
      return new Submission.Adopted(promptId, place);
    }
    throw new FailureException(
        new Failure.Transient(
            lost.failure().attempted(),
            lost.failure().found() + "; the server does not have the job",
            "look at ComfyUI's log, then give the same command again"),
        lost);
  }
}
