package dev.promptrunner.cli;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Hears Ctrl-C, SIGTERM and SIGHUP for a command that ends softly: the first is told to it and
 * starts the time in which the process has to be gone; a second ends it at once.
 *
 * <p>{@code sun.misc.Signal}, because the JDK has no other way that serves. A shutdown hook runs
 * when the JVM dies already: it hears no second signal, {@code System.exit} of the main thread
 * blocks behind it, and the exit code is that of a killed process. The module {@code
 * jdk.unsupported} that holds it stays until there is a replacement, and javac's warning about it
 * cannot be turned off. A signal that the process was started to ignore ({@code nohup}) stays
 * ignored: the JVM sees to that.
 */
final class Signals implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Signals.class);

  /** Ctrl-C, the end of a pod or {@code kill}, and a terminal that was closed. */
  private static final List<String> HEARD = List.of("INT", "TERM", "HUP");

  private final AtomicBoolean heard = new AtomicBoolean();
  private final Presses presses;
  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private final Sleeper sleeper;
  private final Duration budget;
  private final Runnable first;
  private final IntSupplier code;
  private final Presses gentlePresses;
  private final Optional<Runnable> gently;

  private Signals(
      Sleeper sleeper,
      LongSupplier nanos,
      Duration budget,
      Optional<Runnable> gently,
      Runnable first,
      IntSupplier code) {
    this.presses = new Presses(nanos);
    this.gentlePresses = new Presses(nanos);
    this.gently = gently;
    this.sleeper = sleeper;
    this.budget = budget;
    this.first = first;
    this.code = code;
  }

  /**
   * Listens from now on.
   *
   * @param budget from the first signal to the end of the process, whatever still runs then
   * @param first what the first signal does; on a thread of the JVM's own
   * @param code the exit code when the process is ended here
   */
  static Signals hear(Sleeper sleeper, Duration budget, Runnable first, IntSupplier code) {
    return hear(sleeper, System::nanoTime, budget, first, code);
  }

  /**
   * The same, but the first Ctrl-C only asks for an end in good time, which has no limit; the next
   * one is heard as the first signal is otherwise.
   *
   * @param gently what the first Ctrl-C does; on a thread of the JVM's own
   */
  static Signals hearGently(
      Sleeper sleeper, Duration budget, Runnable gently, Runnable first, IntSupplier code) {
    return hearGently(sleeper, System::nanoTime, budget, gently, first, code);
  }

  /** The same, with the time in nanoseconds since any moment. */
  static Signals hearGently(
      Sleeper sleeper,
      LongSupplier nanos,
      Duration budget,
      Runnable gently,
      Runnable first,
      IntSupplier code) {
    return new Signals(sleeper, nanos, budget, Optional.of(gently), first, code).begun();
  }

  /** The same, with the time in nanoseconds since any moment. */
  static Signals hear(
      Sleeper sleeper, LongSupplier nanos, Duration budget, Runnable first, IntSupplier code) {
    return new Signals(sleeper, nanos, budget, Optional.empty(), first, code).begun();
  }

  private Signals begun() {
    HEARD.forEach(this::hear);
    return this;
  }

  private void hear(String name) {
    try {
      Signal signal = new Signal(name);
      before.put(signal, Signal.handle(signal, _ -> on(name)));
    } catch (IllegalArgumentException e) {
      // -Xrs, or a system without it: this signal ends the process as it does any other.
      log.debug("SIG{} is not heard: {}", name, e.getMessage());
    }
  }

  private void on(String name) {
    if (gently.isPresent() && name.equals("INT")) {
      Presses.Press press = gentlePresses.next();
      if (press == Presses.Press.FIRST) {
        gently.get().run();
      }
      if (press != Presses.Press.SECOND) {
        return;
      }
    }
    on();
  }

  private void on() {
    switch (presses.next()) {
      case FIRST -> {
        heard.set(true);
        Thread.ofPlatform().daemon().name("end").start(this::endInTime);
        first.run();
      }
      case ECHO -> log.debug("the same signal came twice");
      case SECOND -> end();
    }
  }

  /** Not stopped by anything: closing consoles and files counts too. */
  private void endInTime() {
    try {
      sleeper.sleep(budget);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    end();
  }

  /** Without shutdown hooks: what must not be lost is on the disk at every moment. */
  private void end() {
    Runtime.getRuntime().halt(code.getAsInt());
  }

  /** Listens no more; once a signal was heard the process is to end, and a second still counts. */
  @Override
  public void close() {
    if (!heard.get()) {
      before.forEach(Signal::handle);
    }
  }
}
