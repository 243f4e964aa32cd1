package dev.promptrunner.workflow;

import java.util.List;

/**
 * What is sent for one job.
 *
 * @param workflow edited and cut down to what the targets need
 * @param targets the output nodes that the job is run for
 * @param outputs the files that must come of it
 */
public record PreparedWorkflow(
    Workflow workflow, List<String> targets, List<ExpectedOutput> outputs) {
  public PreparedWorkflow {
    targets = List.copyOf(targets);
    outputs = List.copyOf(outputs);
  }
}
