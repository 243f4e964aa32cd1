package dev.promptrunner.pod;

import dev.promptrunner.base.FailureException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The rented machine that this process runs on. Implementations are safe for use by any thread. */
public interface Pod {
  /** For people, without anything secret: {@code RunPod pod abc123}. */
  String describe();

  /** Whether there is anything to end at all; false only outside a pod. */
  boolean exists();

  /**
   * Asks the provider once, at the start of a run, so that a key without rights is known before the
   * night and not after it. Changes nothing.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  Probe canStop() throws InterruptedException;

  /** Whether a file there is still there after {@link EndAction#STOP}. */
  boolean keepsOnStop(Path path);

  /**
   * Ends this machine and reads its state back. Tries every way the provider has, again and again
   * without an end: nobody else would. Usually the process is killed before this returns.
   *
   * @param permit only {@link PodStopper} makes one
   * @param trouble told what it costs and how to end it by hand when nothing has worked for {@link
   *     PodSettings#giveUpAfter}, and then at growing intervals
   * @throws FailureException when there is no way at all that could be tried
   * @throws InterruptedException when the thread is interrupted: the bill goes on
   */
  Ended end(Permit permit, Consumer<String> trouble) throws FailureException, InterruptedException;
}
