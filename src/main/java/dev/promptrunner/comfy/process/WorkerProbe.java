package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.JobListener;
import dev.promptrunner.comfy.JobResult;
import dev.promptrunner.comfy.QueueState;
import dev.promptrunner.comfy.Submission;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a server really renders: its port answers long after the thread that works has died, so
 * only a job that was done proves anything. Thread-safe.
 */
public final class WorkerProbe {
  /** What the job needs; servers without them cannot be asked. */
  static final List<String> CLASSES = List.of("EmptyImage", "PreviewImage");

  private static final String TARGET = "2";

  private final ComfyServer server;

  /** Sends nothing yet. */
  public WorkerProbe(ComfyServer server) {
    this.server = server;
  }

  /** How it ended. */
  public sealed interface Proof {
    /** It ended well. */
    record Done(Duration took) implements Proof {}

    /** It was refused. */
    record Refused(Failure failure) implements Proof {}

    /**
     * It did not end in time, and was taken off the server.
     *
     * @param before how many jobs were there before it
     */
    record Late(int before) implements Proof {}
  }

  /**
   * Sends the smallest job there is, with values that no job had before: what the server remembers
   * it would not do again. Nothing of it stays, but a picture of a few pixels in the server's
   * temporary folder.
   *
   * @param patience for the job from its sending on
   * @throws FailureException when the job failed or its server was lost
   */
  public Proof prove(Duration patience) throws FailureException, InterruptedException {
    QueueState queue = server.queue();
    int before = queue.running().size() + queue.pending().size();
    UUID id = UUID.randomUUID();
    String promptId = id.toString();
    if (server.submit(graph(id), promptId, List.of(TARGET))
        instanceof Submission.Refused(var rejection)) {
      return new Proof.Refused(rejection.failure("sending it a picture of a few pixels to make"));
    }
    FutureTask<JobResult> ending =
        new FutureTask<>(() -> server.follow(promptId, "probe", JobListener.NONE));
    Thread follower = Thread.ofVirtual().start(ending);
    try {
      JobResult result = ending.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      server.deleteHistory(promptId);
      return new Proof.Done(result.took());
    } catch (TimeoutException e) {
      server.interrupt(promptId);
      return new Proof.Late(before);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      follower.interrupt();
    }
  }

  private static FailureException unwrapped(ExecutionException e) throws InterruptedException {
    return switch (e.getCause()) {
      case FailureException failure -> failure;
      case InterruptedException interrupted -> throw interrupted;
      case RuntimeException error -> throw error;
      case null, default -> throw new IllegalStateException("following a job", e.getCause());
    };
  }

  private static ObjectNode graph(UUID id) {
    long bits = id.getLeastSignificantBits();
    ObjectNode graph = JsonMapper.shared().createObjectNode();
    graph
        .putObject("1")
        .put("class_type", CLASSES.getFirst())
        .putObject("inputs")
        .put("width", 16 + (int) (bits >>> 24 & 0x3f))
        .put("height", 16 + (int) (bits >>> 32 & 0x3f))
        .put("batch_size", 1)
        .put("color", (int) (bits & 0xff_ffff));
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
