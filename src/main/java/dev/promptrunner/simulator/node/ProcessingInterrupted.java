package dev.promptrunner.simulator.node;

/** Someone asked for the end of the running job by {@code POST /interrupt}. */
public final class ProcessingInterrupted extends Exception {
  public ProcessingInterrupted() {
    super("the job was interrupted");
  }
}
