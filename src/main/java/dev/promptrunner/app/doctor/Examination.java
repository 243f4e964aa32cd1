package dev.promptrunner.app.doctor;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs checks side by side. One that fails, or takes too long, becomes a finding itself; the others
 * go on.
 */
final class Examination {
  private static final Logger log = LoggerFactory.getLogger(Examination.class);

  private Examination() {}

  /**
   * All findings, in the order of the checks.
   *
   * @throws InterruptedException when the thread is interrupted; the checks are interrupted too
   */
  static List<Finding> run(List<Check> checks) throws InterruptedException {
    // Threads of their own, since a disk that is gone holds the thread that asks for it: virtual
    // ones would share a few, and one dead disk would silence every other check. Not closed either:
    // that would wait for the check that hangs.
    var threads =
        Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("doctor-", 0).factory());
    try {
      List<Future<List<Finding>>> running = new ArrayList<>();
      long start = System.nanoTime();
      checks.forEach(check -> running.add(threads.submit(check.look()::findings)));
      List<Finding> findings = new ArrayList<>();
      for (int i = 0; i < checks.size(); i++) {
        Check check = checks.get(i);
        long left = check.limit().toNanos() - (System.nanoTime() - start);
        findings.addAll(result(check, running.get(i), left));
      }
      return List.copyOf(findings);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Finding> result(Check check, Future<List<Finding>> running, long nanos)
      throws InterruptedException {
    try {
      return running.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      running.cancel(true);
      return List.of(
          Finding.problem(
              check.area(),
              check.name(),
              "no answer within " + check.limit().toSeconds() + " s",
              "see whether what it asks hangs or is cut off from this machine"));
    } catch (ExecutionException e) {
      return List.of(failed(check, e.getCause() == null ? e : e.getCause()));
    }
  }

  private static Finding failed(Check check, Throwable cause) {
    return switch (cause) {
      case FailureException e ->
          Finding.problem(
              check.area(),
              check.name(),
              e.failure().attempted() + ": " + e.failure().found(),
              e.failure().remedy());
      case IOException e ->
          Finding.problem(
              check.area(),
              check.name(),
              "looking at it failed (" + IoReason.of(e) + ")",
              "see whether this user may read and write there");
      default -> {
        log.error("the check of {} ended by an error of the program", check.name(), cause);
        yield Finding.problem(
            check.area(),
            check.name(),
            "an error of Prompt Runner itself: " + cause,
            "report it; the other lines hold all the same");
      }
    };
  }
}
