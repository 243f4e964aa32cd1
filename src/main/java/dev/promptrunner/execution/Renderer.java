package dev.promptrunner.execution;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.plan.JobKind;
import java.util.Optional;

/**
 * A server that renders, one job at a time. Calls for different servers come from different
 * threads.
 */
public interface Renderer {
  /** Tells servers apart in events, logs and the store; stable over restarts. */
  String name();

  /** Whether this server is meant for such jobs. */
  boolean takes(JobKind kind);

  /** What the server knows this client by; stored with every attempt before it is sent. */
  String clientId();

  /**
   * Renders and returns when the files lie whole on this machine. When the order may have been sent
   * before, looks for it first and adopts it if it runs or has finished: nothing is rendered twice.
   *
   * @throws FailureException by what can be done about it; {@code ServerLost} when the server is
   *     gone
   * @throws InterruptedException when the run ends; the job is left on the server to be adopted
   */
  Rendering render(RenderOrder order, Progress progress)
      throws FailureException, InterruptedException;

  /** Nobody needs the order any more: whatever the server still keeps of it may go. */
  void forget(String promptId);

  /** Nobody wants this any more: off the queue, or interrupted. */
  void cancel(String promptId) throws FailureException, InterruptedException;

  /** Gives back what memory can be given, before another try after {@code OutOfMemory}. */
  void freeMemory() throws FailureException;

  /**
   * Starts the server anew, when this program may: a hung node, a poisoned GPU context, memory that
   * no request gives back. Whatever ran on it is lost. Returns when it is on its way up; {@link
   * #awaitReady} waits for it.
   *
   * @param why for the log and the events
   * @return false when the server is not this program's to start
   */
  boolean restart(String why) throws FailureException, InterruptedException;

  /** Why the server should be started anew before its next job, memory that only grows, say. */
  default Optional<String> restartWanted() {
    return Optional.empty();
  }

  /**
   * Returns when the server answers again.
   *
   * @throws FailureException when it did not within the time it is given
   */
  void awaitReady() throws FailureException, InterruptedException;
}
