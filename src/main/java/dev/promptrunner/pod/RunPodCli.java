package dev.promptrunner.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** RunPod's own program, which its images bring along and which finds the key by itself. */
final class RunPodCli {
  private static final String PROGRAM = "runpodctl";

  private RunPodCli() {}

  /** {@code runpodctl pod stop ID}, of the versions since 2026. */
  static Way current(String id, ProcessRunner programs, Duration timeout, Redactor redactor) {
    return new CommandWay(
        PROGRAM,
        action -> List.of(PROGRAM, "pod", action == EndAction.STOP ? "stop" : "delete", id),
        programs,
        timeout,
        redactor);
  }

  /** {@code runpodctl stop pod ID}, of the versions before. */
  static Way old(String id, ProcessRunner programs, Duration timeout, Redactor redactor) {
    return new CommandWay(
        PROGRAM + " (old form)",
        action -> List.of(PROGRAM, action == EndAction.STOP ? "stop" : "remove", "pod", id),
        programs,
        timeout,
        redactor);
  }

  /** Newer versions print the pod as JSON; an answer in another form counts as no answer. */
  static StateReader state(String id, ProcessRunner programs, Duration timeout, Redactor redactor) {
    return () -> {
      try {
        var result = programs.run(List.of(PROGRAM, "pod", "get", id), timeout);
        return result.exitCode() == 0 && !result.timedOut()
            ? parsed(redactor.clean(result.output()))
            : new Reading.Refused(PROGRAM + ": " + redactor.line(result.output()));
      } catch (IOException e) {
        return new Reading.Refused(
            PROGRAM + " cannot be run: " + redactor.line(String.valueOf(e.getMessage())));
      }
    };
  }

  private static Reading parsed(String output) {
    try {
      JsonNode pod = Answer.JSON.readTree(output);
      String status = pod.path("desiredStatus").asString(pod.path("status").asString(""));
      return status.isEmpty()
          ? new Reading.Refused(PROGRAM + " told no status")
          : RunPodState.of(status, RunPodState.price(pod.path("costPerHr"), pod.path("cost")));
    } catch (JacksonException e) {
      return new Reading.Refused(PROGRAM + " told no status");
    }
  }
}
