package dev.promptrunner.simulator;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.simulator.node.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that speaks ComfyUI's protocol and renders on the CPU. In the two workflows with a
 * control video its pixels pass through unchanged; what the core samplers are asked for becomes a
 * landscape in which every parameter shows. Every video says where it comes from. Queue, history
 * and cache are in memory and end with it; any number of servers may run at once. Thread-safe.
 */
public final class Simulator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);

  /** What the kernel's kill looks like to whoever waits for the process. */
  private static final int KILLED = 137;

  private final SimulatorSettings settings;
  private final Engine engine;
  private final WebServer web;
  private final Worker worker;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Simulator(SimulatorSettings settings, Clock clock, Sleeper sleeper) throws IOException {
    this.settings = settings;
    Folders folders = prepare(settings);
    this.engine = engine(settings, folders, clock, sleeper);
    ModelSlot models = new ModelSlot();
    this.web = WebServer.start(engine, models);
    this.port = web.port();
    this.worker = Worker.start(engine, models);
    LOG.info("simulator listening on {}: nothing it renders is real", url());
  }

  /**
   * Starts a server that answers when this returns.
   *
   * @throws IOException when a folder cannot be made or emptied, or a file cannot be read
   */
  public static Simulator start(SimulatorSettings settings) throws IOException {
    return start(settings, Clock.systemUTC(), Sleeper.SYSTEM);
  }

  /** The same with the time of timestamps and the waiting of nodes as given. */
  public static Simulator start(SimulatorSettings settings, Clock clock, Sleeper sleeper)
      throws IOException {
    return new Simulator(settings, clock, sleeper);
  }

  public int port() {
    return port;
  }

  /** Without a slash at the end: {@code http://127.0.0.1:8188}. */
  public String url() {
    return "http://" + settings.host() + ":" + port;
  }

  public Counters counters() {
    return engine.tally().counters();
  }

  /** Returns when the server has ended: closed by someone, or by a scripted crash. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  /**
   * Ends at once: connections are cut, the running job is dropped. Does nothing the second time.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      web.close();
      worker.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private Engine engine(SimulatorSettings settings, Folders folders, Clock clock, Sleeper sleeper)
      throws IOException {
    Sockets sockets = new Sockets();
    return new Engine(
        settings,
        folders,
        ObjectInfo.load(folders, settings.objectInfo()),
        new PromptQueue(sockets::broadcastStatus),
        sockets,
        new Tally(),
        new Journal(settings.journal()),
        new InterruptFlag(),
        clock,
        sleeper,
        this::crash);
  }

  private void crash() {
    switch (settings.onCrash()) {
      case PROCESS -> Runtime.getRuntime().halt(KILLED);
      case SERVER -> close();
    }
  }

  private static Folders prepare(SimulatorSettings settings) throws IOException {
    Folders folders =
        new Folders(
            settings.inputDirectory(),
            settings.outputDirectory(),
            settings.tempDirectory().resolve("temp"));
    wipe(folders.temp());
    for (Path folder : List.of(folders.input(), folders.output(), folders.temp())) {
      Files.createDirectories(folder);
    }
    return folders;
  }

  private static void wipe(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("cannot empty the temp folder " + folder, e.getCause());
    }
  }
}
