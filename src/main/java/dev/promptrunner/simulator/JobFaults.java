package dev.promptrunner.simulator;

import dev.promptrunner.simulator.node.NodeException;
import dev.promptrunner.simulator.node.ProcessingInterrupted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripted faults of one job. Used by the worker alone. */
final class JobFaults {
  private static final Logger LOG = LoggerFactory.getLogger(JobFaults.class);

  /** How soon a slowed job notices an interrupt. */
  private static final Duration SLICE = Duration.ofMillis(20);

  private final Engine engine;
  private final int job;
  private boolean struck;

  JobFaults(Engine engine, int job) {
    this.engine = engine;
    this.job = job;
  }

  boolean has(Fault.Kind kind) {
    boolean strikes = engine.settings().faults().at(kind, job).isPresent();
    if (strikes) {
      LOG.info("scripted fault {} strikes job {}", kind.word(), job);
    }
    return strikes;
  }

  /** In the middle of the job: half way along the first bar, or before the first output node. */
  void middle() throws NodeException, ProcessingInterrupted, InterruptedException {
    if (struck) {
      return;
    }
    struck = true;
    slow();
    if (has(Fault.Kind.OOM)) {
      throw outOfMemory();
    }
    if (has(Fault.Kind.CUDA_ERROR)) {
      throw new NodeException(
          "torch.AcceleratorError",
          "CUDA error: an illegal memory access was encountered"
              + "\nCUDA kernel errors might be asynchronously reported at some other API call.");
    }
    if (has(Fault.Kind.WORKER_DEATH)) {
      System.err.println(
          "Exception in thread Thread-3 (prompt_worker):"
              + "\nTraceback (most recent call last):"
              + "\nRuntimeError: scripted death of the simulator's worker");
      new CountDownLatch(1).await(); // to everybody outside a thread that never goes on is dead
    }
    if (has(Fault.Kind.HANG)) {
      engine.interrupt().await();
      checkInterrupt();
    }
    if (has(Fault.Kind.FREEZE)) {
      new CountDownLatch(1).await(); // only the end of the worker ends it
    }
    if (has(Fault.Kind.CRASH)) {
      engine.crash().run();
      throw new InterruptedException("the server has crashed");
    }
  }

  /** A node that is to work on so many frames at once. */
  void hold(int frames) throws NodeException {
    if (engine.settings().faults().lackMemory(frames, job)) {
      LOG.info("scripted memory is too small for the {} frames of job {}", frames, job);
      throw outOfMemory();
    }
  }

  private static NodeException outOfMemory() {
    return new NodeException(
        "torch.OutOfMemoryError",
        "CUDA out of memory. Tried to allocate 2.00 GiB"
            + "\nThis error means you ran out of memory on your GPU.");
  }

  void checkInterrupt() throws ProcessingInterrupted {
    if (engine.interrupt().take()) {
      throw new ProcessingInterrupted();
    }
  }

  /** Cuts a finished video to half, as a full disk or a killed encoder would. */
  void spoil(Path video) throws NodeException {
    if (!has(Fault.Kind.TRUNCATE_VIDEO)) {
      return;
    }
    try (FileChannel file = FileChannel.open(video, StandardOpenOption.WRITE)) {
      file.truncate(file.size() / 2);
    } catch (IOException e) {
      throw new NodeException("OSError", "cannot truncate " + video + ": " + e.getMessage(), e);
    }
  }

  private void slow() throws ProcessingInterrupted, InterruptedException {
    Duration left =
        engine.settings().faults().at(Fault.Kind.SLOW, job).map(Fault::delay).orElse(Duration.ZERO);
    while (left.isPositive()) {
      checkInterrupt();
      Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
      engine.sleeper().sleep(slice);
      left = left.minus(slice);
    }
  }
}
