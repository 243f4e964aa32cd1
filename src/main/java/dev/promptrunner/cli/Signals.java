package dev.promptrunner.cli;

import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Hears Ctrl-C, SIGTERM and SIGHUP for a command that ends softly: the first is told to it and
 * starts the time in which the process has to be gone; a second ends it at once. SIGUSR1, which
 * {@link FinishRequest} sends, asks for an end in good time, which has no limit.
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

  /** Unlike Ctrl-C it is not ignored by what a shell starts in the background. */
  private static final String FINISH = "USR1";

  private final AtomicBoolean heard = new AtomicBoolean();
  private final Presses presses;
  private final Map<Signal, SignalHandler> before = new HashMap<>();
  private final Sleeper sleeper;
  private final Duration budget;
  private final Runnable first;
  private final IntSupplier code;
  private final Presses gentlePresses;
  private final Runnable gently;
  private final boolean gentleCtrlC;

  private Signals(
      Sleeper sleeper,
      LongSupplier nanos,
      Duration budget,
      boolean gentleCtrlC,
      Runnable gently,
      Runnable first,
      IntSupplier code) {
    this.presses = new Presses(nanos);
    this.gentlePresses = new Presses(nanos);
    this.gently = gently;
    this.gentleCtrlC = gentleCtrlC;
    this.sleeper = sleeper;
    this.budget = budget;
    this.first = first;
    this.code = code;
  }

  /**
   * Listens from now on.
   *
   * @param budget from the first signal to the end of the process, whatever still runs then
   * @param gently what asks for an end in good time; on a thread of the JVM's own
   * @param first what the first signal does; on a thread of the JVM's own
   * @param code the exit code when the process is ended here
   */
  static Signals hear(
      Sleeper sleeper, Duration budget, Runnable gently, Runnable first, IntSupplier code) {
    return hear(sleeper, System::nanoTime, budget, gently, first, code);
  }

  /**
   * The same, but the first Ctrl-C only asks for an end in good time, too; the next one is heard as
   * the first signal is otherwise.
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
    return new Signals(sleeper, nanos, budget, true, gently, first, code).begun();
  }

  /** The same, with the time in nanoseconds since any moment. */
  static Signals hear(
      Sleeper sleeper,
      LongSupplier nanos,
      Duration budget,
      Runnable gently,
      Runnable first,
      IntSupplier code) {
    return new Signals(sleeper, nanos, budget, false, gently, first, code).begun();
  }

  private Signals begun() {
    HEARD.forEach(name -> hear(name, () -> on(name)));
    hear(FINISH, gently);
    return this;
  }

  private void hear(String name, Runnable then) {
    try {
      Signal signal = new Signal(name);
      before.put(signal, Signal.handle(signal, _ -> then.run()));
    } catch (IllegalArgumentException e) {
      // -Xrs, or a system without it: this signal ends the process as it does any other.
      log.debug("SIG{} is not heard: {}", name, e.getMessage());
    }
  }

  private void on(String name) {
    if (gentleCtrlC && name.equals("INT")) {
      Presses.Press press = gentlePresses.next();
      if (press == Presses.Press.FIRST) {
        gently.run();
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
