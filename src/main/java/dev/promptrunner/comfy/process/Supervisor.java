package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.process.ServerProcess.UnkillableException;
import dev.promptrunner.comfy.process.ServerRecord.Starter;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server running while a run needs it: starts it or finds the one that runs, notices its
 * end and the death of its worker thread at once, tells everybody who follows a job on it, and
 * starts it again, with growing pauses and not for ever. A thread of its own makes every change;
 * thread-safe.
 */
public final class Supervisor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Supervisor.class);
  private static final int LAST_LINES = 3;
  private static final int END_SECONDS = 5;
  private static final String FOUND = "found running";
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  private final Launch launch;
  private final ComfyServer client;
  private final World world;
  private final Readiness readiness;
  private final ServerLog file;
  private final RestartBudget budget;
  private final MemoryWatch memory;
  private final BlockingQueue<Down> inbox = new LinkedBlockingQueue<>();
  private final Thread keeper;

  private State state = new State.Coming();
  private @Nullable ServerProcess process;

  /** The same while its end would be news. */
  private @Nullable ServerProcess watched;

  private long killsBefore;
  private volatile boolean used;
  private volatile boolean done;

  /** What {@link #restartWanted} last said. */
  private volatile @Nullable String wanted;

  /**
   * What it runs in.
   *
   * @param listener told on the supervisor's thread of every end that nobody asked for, before
   *     whoever follows a job hears of it, and of every return, before anybody may send a job
   */
  public record World(InstantSource clock, Sleeper sleeper, RunListener listener) {}

  private sealed interface State {
    record Coming() implements State {}

    record Up() implements State {}

    /** It answers, but nobody here has started it. */
    record Foreign() implements State {}

    record GivenUp(Failure failure) implements State {}
  }

  /**
   * Why a process is not to be used any more.
   *
   * @param of which process; an older one's end says nothing of the present one
   * @param hopeless whether the same command would end the same way
   */
  private record Down(@Nullable ServerProcess of, String found, Cause cause, boolean hopeless) {
    Down(@Nullable ServerProcess of, String found) {
      this(of, found, Cause.BY_ITSELF, false);
    }
  }

  private enum Cause {
    BY_ITSELF,
    /** Something is wrong with it, as whoever sends its jobs has found. */
    ASKED,
    /** Its memory is full: that is no failure. */
    PLANNED
  }

  /**
   * Begins at once, and goes on until it is closed; {@link #awaitUp} waits for it.
   *
   * @param client of the same server; it is told when its jobs are lost
   */
  public static Supervisor begin(Launch launch, ComfyServer client, World world) {
    Supervisor supervisor = new Supervisor(launch, client, world);
    supervisor.keeper.start();
    return supervisor;
  }

  private Supervisor(Launch launch, ComfyServer client, World world) {
    this.launch = launch;
    this.client = client;
    this.world = world;
    this.readiness = new Readiness(client, launch.limits().start(), world.clock(), world.sleeper());
    this.file = new ServerLog(launch.log());
    this.budget = new RestartBudget(launch.limits().restarts(), launch.limits().window());
    this.memory = new MemoryWatch(MemoryGauge.SYSTEM, launch.limits().memoryWatermark());
    this.keeper =
        Thread.ofPlatform().daemon().name("comfyui-" + launch.port()).unstarted(this::keep);
  }

  /**
   * Returns when the server takes jobs, also after it had to be started again.
   *
   * @throws FailureException ServerLost when it was given up: how often it ended, how, and the last
   *     lines of its log
   */
  public void awaitUp() throws FailureException, InterruptedException {
    if (now() instanceof State.Foreign && !answers()) {
      fail(new Down(null, "it does not answer any more"));
    }
    synchronized (this) {
      while (state instanceof State.Coming) {
        wait();
      }
      if (state instanceof State.GivenUp(Failure failure)) {
        throw new FailureException(failure);
      }
    }
  }

  /**
   * Stops the server and starts it anew; {@link #awaitUp} waits for it. Counts as one of its ends,
   * unless {@link #restartWanted} has asked for it.
   *
   * @return false when it is not ours to stop
   */
  public boolean restart(String why) {
    synchronized (this) {
      if (process == null || !(state instanceof State.Up)) {
        return state instanceof State.Coming;
      }
      fail(new Down(process, why, why.equals(wanted) ? Cause.PLANNED : Cause.ASKED, false));
      return true;
    }
  }

  /** Why the server should be started anew before its next job: its memory, as things are. */
  public Optional<String> restartWanted() {
    ServerProcess running = process();
    Optional<String> why =
        running == null || !(now() instanceof State.Up)
            ? Optional.empty()
            : memory.restartWanted(running.unreclaimable());
    wanted = why.orElse(null);
    return why;
  }

  /** Jobs are sent to it from now on: closing leaves it running, so that they can be adopted. */
  public void use() {
    used = true;
  }

  /** Nobody needs its jobs any more: closing stops it, if a run has started it. */
  public void mayStop() {
    done = true;
  }

  /**
   * Leaves the server running: a job on it will be adopted. Stops what a run has started when it
   * may, or when it was started here and never used; what a person has started goes on.
   */
  @Override
  public void close() {
    keeper.interrupt();
    try {
      if (!keeper.join(LONGEST_CLOSE)) {
        log.warn("the supervisor of {} does not end", client.address());
      }
      ServerProcess running = process();
      if (running != null && mayBeStopped(running)) {
        stop(running);
        Files.deleteIfExists(launch.state());
        log.info("{} is stopped", client.address());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (UnkillableException e) {
      log.warn("stopping {}: {}: {}", client.address(), e.getMessage(), UnkillableException.REMEDY);
    } catch (IOException e) {
      log.warn("forgetting the server that was stopped: {}", e.toString());
    }
  }

  private boolean mayBeStopped(ServerProcess running) {
    return running.known().by() == Starter.RUN && (done || (!used && running.startedHere()));
  }

  private void keep() {
    try (LogTail _ = new LogTail(file, this::read, world.sleeper())) {
      Instant since = world.clock().instant();
      String how = begin();
      while (true) {
        ServerProcess running = process();
        Down down = running == null ? inbox.take() : life(running, how, since);
        since = world.clock().instant();
        end(down);
        if (now() instanceof State.GivenUp) {
          return;
        }
        start(starter());
        how = "restarted";
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // closed
    } catch (UnkillableException e) {
      giveUp(String.valueOf(e.getMessage()), UnkillableException.REMEDY);
    } catch (IOException | RuntimeException | Error e) {
      log.error("supervising {}", client.address(), e);
      giveUp("this program could not go on: " + e, "see logs/prompt-runner.log");
    }
  }

  /** Finds the server or starts it; how it came to be there. */
  private String begin() throws IOException, InterruptedException {
    Optional<ServerProcess> found = ServerProcess.find(launch, ProcFs.SYSTEM);
    if (found.isPresent()) {
      log.info("{} runs already as process {}", client.address(), found.get().pid());
      watch(found.get());
      if (file.saysSinceStart(Supervisor::workerDied)) {
        fail(new Down(found.get(), WORKER_DIED));
      }
      return FOUND;
    }
    if (answers()) {
      log.info("{} answers already: it is used, but not supervised", client.address());
      become(new State.Foreign());
      return FOUND;
    }
    start(Starter.RUN);
    return "started";
  }

  private boolean answers() throws InterruptedException {
    try {
      client.awaitReady(Duration.ZERO);
      return true;
    } catch (FailureException e) {
      log.debug("{} does not answer: {}", client.address(), e.getMessage());
      return false;
    }
  }

  /** Who has started it the first time decides when it ends. */
  private Starter starter() {
    ServerProcess before = process();
    return before == null ? Starter.RUN : before.known().by();
  }

  private void start(Starter by) throws IOException, InterruptedException {
    watch(ServerProcess.start(launch, by, world.clock(), ProcFs.SYSTEM));
  }

  private void watch(ServerProcess started) {
    killsBefore = MemoryGauge.SYSTEM.kills();
    synchronized (this) {
      process = started;
      watched = started;
    }
    Thread.ofVirtual().name("comfyui-end-" + started.pid()).start(() -> awaitEnd(started));
  }

  private void awaitEnd(ServerProcess watched) {
    try {
      OptionalInt code = watched.awaitEnd(world.sleeper());
      if (keeper.isAlive()) {
        ended(watched, code);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      log.error("watching process {} of {}", watched.pid(), client.address(), e);
      fail(new Down(watched, "its end cannot be seen: " + e));
    }
  }

  private void ended(ServerProcess watched, OptionalInt code) {
    List<String> last = file.lastLines(LAST_LINES);
    long kills = MemoryGauge.SYSTEM.kills() - killsBefore;
    ExitMeaning meaning = ExitMeaning.of(code, last, kills);
    fail(new Down(watched, "it " + meaning.words(), Cause.BY_ITSELF, meaning.hopeless()));
  }

  private static final String WORKER_DIED =
      "the thread that runs its jobs has died (prompt_worker), while it goes on answering";

  private static boolean workerDied(String line) {
    return line.contains("Exception in thread") && line.contains("(prompt_worker)");
  }

  private void read(String line) {
    if (workerDied(line)) {
      fail(new Down(process(), WORKER_DIED));
    }
  }

  /** From any thread: the keeper tells of it; only while it waits for a trial job it cannot. */
  private void fail(Down down) {
    boolean trial;
    synchronized (this) {
      if (down.of() != watched || state instanceof State.GivenUp) {
        return;
      }
      trial = state instanceof State.Coming;
      become(new State.Coming());
      inbox.add(down);
    }
    if (trial) {
      client.declareLost(down.found());
    }
  }

  /** From a start to what ends it. */
  private Down life(ServerProcess running, String how, Instant since) throws InterruptedException {
    try {
      readiness.await(running);
    } catch (FailureException e) {
      // A process that has ended is told of in a moment, with its code and what that means.
      Down seen = running.isAlive() ? inbox.poll() : inbox.poll(END_SECONDS, TimeUnit.SECONDS);
      return seen != null ? seen : notReady(running, e);
    }
    if (inbox.isEmpty()) {
      budget.up();
      if (!how.equals(FOUND)) {
        lookAtMemory(running);
      }
      Instant now = world.clock().instant();
      world
          .listener()
          .on(new RunEvent.ServerUp(now, client.address(), how, Duration.between(since, now)));
    }
    synchronized (this) {
      if (inbox.isEmpty()) {
        become(new State.Up());
      }
    }
    return inbox.take();
  }

  private void lookAtMemory(ServerProcess anew) {
    memory
        .startedAnew(anew.unreclaimable())
        .ifPresent(
            message ->
                world
                    .listener()
                    .on(new RunEvent.Warning(world.clock().instant(), client.address(), message)));
  }

  private static Down notReady(ServerProcess running, FailureException e) {
    return new Down(running, "it did not become ready: " + e.failure().found());
  }

  /** Sees to it that nothing of the old process is left, and waits as long as it is due. */
  private void end(Down down) throws UnkillableException, InterruptedException {
    Instant now = world.clock().instant();
    Optional<Duration> pause = pause(down, now);
    String action =
        pause
            .map(p -> p.isZero() ? "it is started anew" : "it is started again after " + shown(p))
            .orElse("it is not started again");
    log.info("{}: {}: {}", client.address(), down.found(), action);
    if (down.cause() == Cause.BY_ITSELF) {
      world.listener().on(new RunEvent.ServerDown(now, client.address(), down.found(), action));
    }
    client.declareLost(down.found());
    ServerProcess old = unwatched();
    if (old != null) {
      stop(old);
    }
    if (pause.isEmpty()) {
      giveUp(
          "it was down " + budget.history() + ": " + down.found() + lastLines(),
          "see " + launch.log() + "; mend what ends it and run again: what is finished is kept");
    } else {
      world.sleeper().sleep(pause.get());
    }
  }

  /** Empty when it is not to be started again. */
  private Optional<Duration> pause(Down down, Instant now) {
    return switch (down.cause()) {
      case BY_ITSELF -> budget.next(now).filter(_ -> !down.hopeless());
      case ASKED -> budget.nextAsked(now);
      case PLANNED -> Optional.of(Duration.ZERO);
    };
  }

  /** From here on its end is no news any more. */
  private synchronized @Nullable ServerProcess unwatched() {
    watched = null;
    inbox.clear();
    return process;
  }

  private static String shown(Duration pause) {
    return pause.toMillis() / 1000 + " s";
  }

  private String lastLines() {
    List<String> last = file.lastLines(LAST_LINES);
    return last.isEmpty() ? "" : "; its log ends with '" + String.join(" | ", last) + "'";
  }

  private void giveUp(String found, String remedy) {
    become(
        new State.GivenUp(
            new Failure.ServerLost(
                "keeping ComfyUI running on " + client.address(), found, remedy)));
  }

  private void stop(ServerProcess old) throws UnkillableException, InterruptedException {
    if (!old.stop(launch.limits().stopGrace(), world.sleeper())) {
      log.info("process {} of {} was killed", old.pid(), client.address());
    }
  }

  private synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  private synchronized State now() {
    return state;
  }

  private synchronized @Nullable ServerProcess process() {
    return process;
  }
}
