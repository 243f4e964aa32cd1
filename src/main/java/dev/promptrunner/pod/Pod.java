package dev.promptrunner.pod;

import dev.promptrunner.base.FailureException;
import java.nio.file.Path;

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
   * for {@link PodSettings#giveUpAfter}. Usually the process is killed before this returns.
   *
   * @param permit only {@link PodStopper} makes one
   * @throws FailureException when nothing worked: what to do by hand stands in its remedy
   * @throws InterruptedException when the thread is interrupted
   */
  Ended end(Permit permit) throws FailureException, InterruptedException;
}
