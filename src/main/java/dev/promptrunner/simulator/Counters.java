package dev.promptrunner.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * What a server has done since it started.
 *
 * @param received requests to {@code POST /prompt}
 * @param rejected of them, those answered with anything but 200
 * @param started prompts that began to run
 * @param succeeded prompts that ended well
 * @param failed prompts that ended with an error
 * @param interrupted prompts that were interrupted
 * @param swaps models loaded in place of another one, the first included
 * @param busy the time in which prompts ran that have ended since
 * @param startedByPrompt how often each prompt id began to run
 * @param succeededByOutput how often a prompt with this output prefix ended well
 */
public record Counters(
    int received,
    int rejected,
    int started,
    int succeeded,
    int failed,
    int interrupted,
    int swaps,
    Duration busy,
    Map<String, Integer> startedByPrompt,
    Map<String, Integer> succeededByOutput) {
  public Counters {
    startedByPrompt = Map.copyOf(startedByPrompt);
    succeededByOutput = Map.copyOf(succeededByOutput);
  }
}
