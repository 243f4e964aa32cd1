package dev.promptrunner.simulator.node;

import java.nio.file.Path;
import java.util.Optional;

/** What a running node may ask of its server. Used by the server's one worker thread. */
public interface NodeContext {
  Folders folders();

  /** Waits as long as one sampler step is set to take. */
  void step() throws NodeException, ProcessingInterrupted, InterruptedException;

  /**
   * Moves the node's bar. Here jobs are interrupted and scripted faults strike.
   *
   * @param preview a JPEG picture to show
   */
  void progress(int value, int max, Optional<byte[]> preview)
      throws NodeException, ProcessingInterrupted, InterruptedException;

  /** Makes this the loaded model, and waits as long as a swap takes when it was another. */
  void load(String model) throws InterruptedException;

  /** A video file is complete; a scripted fault may spoil it. */
  void saved(Path video) throws NodeException;
}
