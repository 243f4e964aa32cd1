package dev.promptrunner.simulator;

import dev.promptrunner.simulator.node.Folders;
import dev.promptrunner.simulator.node.NodeContext;
import dev.promptrunner.simulator.node.NodeException;
import dev.promptrunner.simulator.node.ProcessingInterrupted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** One node while it runs: its bar, its waiting, its faults. */
final class NodeRun implements NodeContext {
  private final String node;
  private final Engine engine;
  private final ModelSlot models;
  private final JobEvents events;
  private final ProgressBoard board;
  private final JobFaults faults;

  NodeRun(
      String node,
      Engine engine,
      ModelSlot models,
      JobEvents events,
      ProgressBoard board,
      JobFaults faults) {
    this.node = node;
    this.engine = engine;
    this.models = models;
    this.events = events;
    this.board = board;
    this.faults = faults;
  }

  @Override
  public Folders folders() {
    return engine.folders();
  }

  @Override
  public void step() throws ProcessingInterrupted, InterruptedException {
    faults.checkInterrupt();
    pause(engine.settings().perStep());
  }

  @Override
  public void progress(int value, int max, Optional<byte[]> preview)
      throws NodeException, ProcessingInterrupted, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the server is closing");
    }
    faults.checkInterrupt();
    board.move(node, value, max);
    events.state(board);
    events.progress(node, value, max, preview);
    if (value * 2 >= max) {
      faults.middle();
    }
  }

  @Override
  public void load(String model) throws InterruptedException {
    if (models.load(model)) {
      engine.tally().swapped();
      pause(engine.settings().perSwap());
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    if (duration.isPositive()) {
      engine.sleeper().sleep(duration);
    }
  }

  @Override
  public void saved(Path video) throws NodeException {
    faults.spoil(video);
  }
}
