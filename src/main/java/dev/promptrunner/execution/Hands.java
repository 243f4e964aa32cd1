package dev.promptrunner.execution;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.Sleeper;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a run: each job, pause and wait for a server has a virtual thread, which ends in a
 * message to the owner.
 */
final class Hands implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Hands.class);

  private static final int TIDYING_SECONDS = 2;

  private final Worker worker;
  private final Sleeper sleeper;
  private final Consumer<Message> owner;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService tidying = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<JobId, Thread> jobs = new ConcurrentHashMap<>();
  private final Set<JobId> left = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  Hands(Worker worker, Sleeper sleeper, Consumer<Message> owner) {
    this.worker = worker;
    this.sleeper = sleeper;
    this.owner = owner;
  }

  void start(Assignment assignment) {
    String id = assignment.job().id().toString();
    Thread thread = Thread.ofVirtual().name(id).unstarted(() -> work(assignment));
    jobs.put(assignment.job().id(), thread);
    thread.start();
  }

  private void work(Assignment assignment) {
    Message end;
    try {
      end = new Message.Done(assignment, worker.work(assignment, steps(assignment)));
    } catch (FailureException e) {
      end = failed(assignment, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end = new Message.Left(assignment);
    } catch (RuntimeException | Error e) {
      end = broken(assignment, e);
    }
    jobs.remove(assignment.job().id());
    owner.accept(end);
  }

  /**
   * Whoever is interrupted in the middle of a file or a request calls it what it looks like there;
   * it is the run's own end, and the next run looks for the job.
   */
  private Message failed(Assignment assignment, FailureException e) {
    if (isLeft(assignment)) {
      return new Message.Left(assignment);
    }
    if (e.getCause() != null) {
      // Its own words are told with the event.
      log.info("{}: behind the failure: {}", assignment.job().id(), Causes.of(e));
    }
    return new Message.Failed(assignment, e.failure());
  }

  private boolean isLeft(Assignment assignment) {
    return ending || left.contains(assignment.job().id());
  }

  /** Libraries answer an interrupt with anything, so that only the time tells what it was. */
  private Message broken(Assignment assignment, Throwable e) {
    if (isLeft(assignment)) {
      log.info("{} was left when the run ended: {}", assignment.job().id(), e.toString());
      return new Message.Left(assignment);
    }
    log.error("{} met a defect of this program", assignment.job().id(), e);
    return new Message.Failed(assignment, defect(assignment, e));
  }

  private static Failure defect(Assignment assignment, Throwable e) {
    return new Failure.Rejected(
        "doing " + assignment.job().id(),
        "a defect of this program: " + e,
        "the other prompt files go on; please report it with the log");
  }

  /** Passes on the newest step only, when the owner has not read the one before. */
  private Progress steps(Assignment assignment) {
    AtomicReference<Message.@Nullable Step> unread = new AtomicReference<>();
    return (label, step, steps) -> {
      if (unread.getAndSet(new Message.Step(label, step, steps)) == null) {
        owner.accept(new Message.Stepped(assignment, unread));
      }
    };
  }

  /** Tells the owner something after a pause. */
  void after(Duration pause, Message message) {
    threads.execute(
        () -> {
          try {
            sleeper.sleep(pause);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          owner.accept(message);
        });
  }

  /** Before another try, on a server that lacked memory. */
  void freeMemory(Renderer server) {
    tidying.execute(
        () -> {
          try {
            server.freeMemory();
          } catch (FailureException e) {
            log.warn("freeing memory before another try: {}", e.getMessage());
          }
        });
  }

  /** Waits for a server that went away; one of ours that does not come back is started anew. */
  void awaitBack(Renderer server) {
    onServer(
        server,
        () -> {
          try {
            server.awaitReady();
            owner.accept(new Message.ServerBack(server, "came back"));
          } catch (FailureException e) {
            if (!server.restart(e.failure().found())) {
              throw e;
            }
            server.awaitReady();
            owner.accept(new Message.ServerBack(server, "restarted"));
          }
        });
  }

  /** Starts a server anew if it is ours, and waits until it answers. */
  void restart(Renderer server, String why) {
    onServer(
        server,
        () -> {
          if (!server.restart(why)) {
            log.info("{} is not this program's to start anew: it goes on as it is", server.name());
            owner.accept(new Message.KeptRunning(server));
            return;
          }
          owner.accept(new Message.Restarting(server, why));
          server.awaitReady();
          owner.accept(new Message.ServerBack(server, "restarted"));
        });
  }

  /** Something that ends with a server that answers. */
  @FunctionalInterface
  private interface Care {
    void run() throws FailureException, InterruptedException;
  }

  private void onServer(Renderer server, Care care) {
    threads.execute(
        () -> {
          try {
            care.run();
          } catch (FailureException e) {
            owner.accept(new Message.ServerGone(server, e.failure()));
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException | Error e) {
            log.error("waiting for {} met a defect of this program", server.name(), e);
            owner.accept(new Message.ServerGone(server, defect(server, e)));
          }
        });
  }

  private static Failure defect(Renderer server, Throwable e) {
    return new Failure.ServerLost(
        "waiting for " + server.name(),
        "a defect of this program: " + e,
        "it gets no further job; please report it with the log, and run again");
  }

  /** Housekeeping on the server must not hold up its next job. */
  void forget(Renderer server, String promptId) {
    tidying.execute(() -> server.forget(promptId));
  }

  /** Ends the wait for a job; it is not looked at again in this run. */
  void interrupt(JobId job) {
    left.add(job);
    jobs.computeIfPresent(
        job,
        (_, thread) -> {
          thread.interrupt();
          return thread;
        });
  }

  /** Ends all that runs; from now on a job that fails has only been left. */
  void interruptAll() {
    ending = true;
    jobs.values().forEach(Thread::interrupt);
  }

  /** Takes a job off its server: nobody waits for it any more. */
  void cancel(Renderer server, String promptId) {
    tidying.execute(
        () -> {
          try {
            server.cancel(promptId);
          } catch (FailureException e) {
            log.warn("taking {} off {}: {}", promptId, server.name(), e.getMessage());
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Ends what still waits; tidying that has begun has a moment to finish. */
  @Override
  public void close() throws InterruptedException {
    threads.shutdownNow();
    tidying.shutdown();
    if (!tidying.awaitTermination(TIDYING_SECONDS, TimeUnit.SECONDS)) {
      tidying.shutdownNow();
    }
  }
}
