package dev.promptrunner.comfy.process;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.JobListener;
import dev.promptrunner.comfy.Submission;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real job of a few pixels. An answer to a request does not prove that the thread which runs jobs
 * is alive; a job that has ended does.
 */
record WorkerProbe(ComfyServer server) {
  private static final Logger log = LoggerFactory.getLogger(WorkerProbe.class);
  private static final List<String> CLASSES = List.of("EmptyImage", "PreviewImage");
  private static final String TARGET = "2";

  /**
   * Returns when a job has run. Behind other jobs it would have to wait: then it is left out.
   *
   * @throws FailureException when the job failed or stood still
   */
  void run() throws FailureException, InterruptedException {
    if (!server.queue().running().isEmpty() || !server.queue().pending().isEmpty()) {
      log.info("{} has jobs: it is not probed", server.address());
      return;
    }
    for (String each : CLASSES) {
      if (server.objectInfo(each).isEmpty()) {
        log.warn(
            "{} has no node class {}: that its worker lives cannot be proven",
            server.address(),
            each);
        return;
      }
    }
    String id = UUID.randomUUID().toString();
    submit(id);
    server.follow(id, "probe", JobListener.NONE);
    server.deleteHistory(id);
  }

  private void submit(String id) throws FailureException, InterruptedException {
    if (server.submit(graph(), id, List.of(TARGET)) instanceof Submission.Refused refused) {
      throw new FailureException(refused.rejection().failure("sending a trial job"));
    }
  }

  /** Of random size and colour: what it has made before the server would answer from its cache. */
  private ObjectNode graph() {
    long random = UUID.randomUUID().getMostSignificantBits();
    ObjectNode graph = JsonNodeFactory.instance.objectNode();
    graph
        .putObject("1")
        .put("class_type", CLASSES.getFirst())
        .putObject("inputs")
        .put("width", 16 + (int) (random >>> 58))
        .put("height", 16 + (int) (random >>> 52 & 63))
        .put("batch_size", 1)
        .put("color", (int) (random >>> 20 & 0xffffff));
    graph
        .putObject(TARGET)
        .put("class_type", CLASSES.getLast())
        .putObject("inputs")
        .putArray("images")
        .add("1")
        .add(0);
    return graph;
  }
}
