package dev.promptrunner.execution;

import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.Plan.Ranked;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.AttemptRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A job that was handed out.
 *
 * @param inputs files on this machine, by variable
 * @param maybeSent whether an earlier life of this attempt may have sent it
 * @param server that renders it; empty for work on this machine
 */
record Assignment(
    Ranked ranked,
    Work work,
    AttemptRow attempt,
    Map<String, Path> inputs,
    boolean maybeSent,
    Optional<Renderer> server,
    Instant startedAt) {
  Assignment {
    inputs = Map.copyOf(inputs);
  }

  Job job() {
    return ranked.job();
  }
}
