package dev.promptrunner.pod;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs a program to its end. */
@FunctionalInterface
public interface ProcessRunner {
  /**
   * Waits for the program, at most {@code timeout}; then it and its children are killed.
   *
   * @throws IOException when it cannot be started
   * @throws InterruptedException when the thread is interrupted; the program is killed
   */
  Result run(List<String> command, Duration timeout) throws IOException, InterruptedException;

  /**
   * How a program ended.
   *
   * @param exitCode its exit code; meaningless when {@code timedOut}
   * @param output the end of what it wrote to both outputs
   * @param timedOut whether it was killed for taking too long
   */
  record Result(int exitCode, String output, boolean timedOut) {}
}
