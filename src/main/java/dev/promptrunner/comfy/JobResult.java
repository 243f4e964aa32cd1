package dev.promptrunner.comfy;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A job that ended well by the server's history. That its files are what was asked for is still to
 * be proven.
 *
 * @param outputs every file the record names, in its order
 * @param cached nodes that did not run: their files are those of an earlier job
 * @param took by the server's clock, from start to end
 */
public record JobResult(
    String promptId, List<OutputFile> outputs, Set<String> cached, Duration took) {
  /** The files of one node. */
  public List<OutputFile> of(String nodeId) {
    return outputs.stream().filter(file -> file.nodeId().equals(nodeId)).toList();
  }
}
