package dev.promptrunner.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that runs prompts, one after the other. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

  private final Engine engine;
  private final ModelSlot models;
  private final NodeCache cache;
  private final Thread thread;

  private Worker(Engine engine, ModelSlot models) {
    this.engine = engine;
    this.models = models;
    this.cache = new NodeCache(engine.folders());
    this.thread = Thread.ofPlatform().name("simulator-worker").daemon().unstarted(this::loop);
  }

  static Worker start(Engine engine, ModelSlot models) {
    Worker worker = new Worker(engine, models);
    worker.thread.start();
    return worker;
  }

  /** Ends the thread in the middle of whatever it does; returns when it has ended. */
  void stop() throws InterruptedException {
    thread.interrupt();
    if (!Thread.currentThread().equals(thread) && !thread.join(LONGEST_STOP)) {
      LOG.warn("the simulator's worker did not stop within {} s", LONGEST_STOP.toSeconds());
    }
  }

  private void loop() {
    try {
      while (true) {
        QueuedPrompt prompt = engine.queue().take(engine.interrupt()::lower);
        free();
        guarded(prompt);
        free();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server closes: the thread ends here
    }
  }

  /** A defect of ours loses the one job, never the worker. */
  private void guarded(QueuedPrompt prompt) throws InterruptedException {
    try {
      job(prompt);
    } catch (RuntimeException e) {
      LOG.error("prompt {} is lost to a defect of the simulator", prompt.id(), e);
      engine.queue().done(prompt, Optional.empty());
    }
  }

  private void free() {
    if (models.applyFree()) {
      cache.clear();
    }
  }

  private void job(QueuedPrompt prompt) throws InterruptedException {
    JobFaults faults = new JobFaults(engine, engine.tally().started(prompt));
    engine.journal().write("started", prompt);
    if (faults.has(Fault.Kind.DEAF)) {
      engine.sockets().deafen();
    }
    GraphRun run = new GraphRun(prompt, engine, cache, models, faults);
    Ending ending = run.run();
    engine.tally().ended(prompt, ending);
    engine.journal().write(ending.name().toLowerCase(Locale.ROOT), prompt);
    boolean lost = faults.has(Fault.Kind.LOSE_HISTORY);
    engine.queue().done(prompt, lost ? Optional.empty() : Optional.of(run.history(ending)));
    run.events().finished();
  }
}
