package dev.promptrunner.app;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Problem;
import dev.promptrunner.config.Settings;
import dev.promptrunner.store.OutputRootBusyException;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What every run on an output root is kept by: the open state, one way to be cancelled, and words
 * for a disk that fails. One use.
 */
final class RunGuard {
  private static final String REMEDY = "choose an output folder on a disk with room";

  private final Parts parts;
  private final Settings settings;
  private final CancelSwitch stop;

  RunGuard(Parts parts, Settings settings, CancelSwitch stop) {
    this.parts = parts;
    this.settings = settings;
    this.stop = stop;
  }

  /** A run with its state open. */
  @FunctionalInterface
  interface Body<T> {
    T run() throws Stop, FailureException, InterruptedException, IOException;
  }

  /** Runs on this thread; whoever cancels gets the same answer whatever was going on. */
  <T> T run(Body<T> body) throws Stop, FailureException, InterruptedException {
    stop.prepare(Thread.currentThread());
    try {
      return body.run();
    } catch (Stop e) {
      throw stop.instead(e);
    } catch (FailureException e) {
      throw stop.instead(e);
    } catch (IOException e) {
      throw stop.instead(unwritable(e));
    } catch (StoreException e) {
      if (e.isOfTheDisk()) {
        throw unkept(e);
      }
      throw e;
    } finally {
      stop.over();
    }
  }

  private Stop unwritable(IOException e) {
    return new Stop(
        Stop.Kind.CONFIGURATION, new Problem("output", IoReason.of(e), root().toString(), REMEDY));
  }

  /** What was committed is whole, and jobs on the servers are taken up by the next run. */
  private FailureException unkept(StoreException e) {
    return new FailureException(
        IoReason.full(
            "keeping the state of the run",
            settings.run().output(),
            0,
            String.valueOf(e.getMessage())),
        e);
  }

  Path root() {
    return settings.run().output().toAbsolutePath().normalize();
  }

  Store store() throws Stop {
    try {
      Files.createDirectories(root());
      return Store.open(
          root(),
          parts.clock(),
          ProcessHandle.current().pid(),
          KnownSecrets.of(parts.environment(), settings));
    } catch (OutputRootBusyException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              String.valueOf(e.getMessage()),
              root().toString(),
              "wait or cancel it, or choose another folder"));
    } catch (IOException e) {
      throw new Stop(
          Stop.Kind.CONFIGURATION,
          new Problem(
              "output",
              "the output folder cannot be used (" + IoReason.of(e) + ")",
              root().toString(),
              "make it writable, or choose another one with --output"));
    }
  }
}
