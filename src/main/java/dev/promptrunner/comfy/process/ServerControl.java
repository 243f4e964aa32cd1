package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.IoReason;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.process.ServerProcess.UnkillableException;
import dev.promptrunner.comfy.process.ServerRecord.Starter;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server as a person starts, stops and looks at it: it outlives this program. Used by one
 * thread.
 */
public final class ServerControl {
  private static final Logger log = LoggerFactory.getLogger(ServerControl.class);
  private static final int LAST_LINES = 3;

  private final Launch launch;
  private final ComfyServer client;
  private final InstantSource clock;
  private final Sleeper sleeper;

  public ServerControl(Launch launch, ComfyServer client, InstantSource clock, Sleeper sleeper) {
    this.launch = launch;
    this.client = client;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** What came of a wish to start. */
  public sealed interface Start {
    /** It takes jobs. */
    record Started(long pid, Duration took) implements Start {}

    /** It had been started before. */
    record RunsAlready(long pid) implements Start {}

    /** Something answers at the address that this program has not started. */
    record AnswersAlready() implements Start {}
  }

  /** What came of a wish to stop. */
  public sealed interface Stop {
    /**
     * It is gone, with its children.
     *
     * @param killed whether it had to be
     */
    record Stopped(long pid, boolean killed) implements Stop {}

    /** There was nothing to stop. */
    record NotRunning() implements Stop {}

    /** Something answers at the address that this program has not started. */
    record NotOurs() implements Stop {}
  }

  /**
   * Returns when the server takes jobs.
   *
   * @throws FailureException ServerLost when it does not come up: then it is stopped again
   */
  public Start start() throws FailureException, InterruptedException {
    Optional<ServerProcess> running = find();
    if (running.isPresent()) {
      return new Start.RunsAlready(running.get().pid());
    }
    if (answers()) {
      return new Start.AnswersAlready();
    }
    Instant begun = clock.instant();
    ServerProcess started = started();
    try {
      new Readiness(client, launch.limits().start(), clock, sleeper).await(started);
    } catch (FailureException e) {
      throw notReady(started, e);
    }
    return new Start.Started(started.pid(), Duration.between(begun, clock.instant()));
  }

  private ServerProcess started() throws FailureException {
    try {
      return ServerProcess.start(launch, Starter.PERSON, clock, ProcFs.SYSTEM);
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Configuration(
              attempted(), IoReason.of(e), "see comfyui.command and comfyui.folder"),
          e);
    }
  }

  private FailureException notReady(ServerProcess started, FailureException e)
      throws FailureException, InterruptedException {
    boolean ended = !started.isAlive();
    String found =
        ended
            ? "it "
                + ExitMeaning.of(started.awaitEnd(sleeper), lastLines(), 0).words()
                + shown(lastLines())
            : e.failure().found() + shown(lastLines());
    stop(started);
    return new FailureException(
        new Failure.ServerLost(attempted(), found, "see " + launch.log()), e);
  }

  private List<String> lastLines() {
    return new ServerLog(launch.log()).lastLines(LAST_LINES);
  }

  private static String shown(List<String> lines) {
    return lines.isEmpty() ? "" : "; its log ends with '" + String.join(" | ", lines) + "'";
  }

  private String attempted() {
    return "starting ComfyUI on " + client.address();
  }

  /** Returns when nothing of the server is left. */
  public Stop stop() throws FailureException, InterruptedException {
    Optional<ServerProcess> running = find();
    if (running.isEmpty()) {
      return answers() ? new Stop.NotOurs() : new Stop.NotRunning();
    }
    boolean asked = stop(running.get());
    try {
      Files.deleteIfExists(launch.state());
    } catch (IOException e) {
      log.warn("forgetting the server that was stopped: {}", e.toString());
    }
    return new Stop.Stopped(running.get().pid(), !asked);
  }

  private boolean stop(ServerProcess running) throws FailureException, InterruptedException {
    try {
      return running.stop(launch.limits().stopGrace(), sleeper);
    } catch (UnkillableException e) {
      throw new FailureException(
          new Failure.ServerLost(
              "stopping ComfyUI on " + client.address(),
              String.valueOf(e.getMessage()),
              UnkillableException.REMEDY),
          e);
    }
  }

  /** Looks, without waiting for a server that does not answer. */
  public ServerStatus status() throws FailureException, InterruptedException {
    Optional<ServerStatus.Own> own =
        find()
            .map(
                running ->
                    new ServerStatus.Own(
                        running.pid(),
                        running.known().by().words(),
                        Duration.between(running.known().at(), clock.instant()),
                        running.resident()));
    ServerLog file = new ServerLog(launch.log());
    Optional<ServerStatus.Answer> answer =
        answers()
            ? Optional.of(new ServerStatus.Answer(client.stats(), client.queue()))
            : Optional.empty();
    return new ServerStatus(client.address(), own, answer, file.lastError(), launch.log());
  }

  private Optional<ServerProcess> find() throws FailureException {
    try {
      return ServerProcess.find(launch, ProcFs.SYSTEM);
    } catch (IOException e) {
      throw new FailureException(
          new Failure.Configuration(
              "looking for the server of " + client.address(), IoReason.of(e), "see its cause"),
          e);
    }
  }

  private boolean answers() throws FailureException, InterruptedException {
    try {
      client.awaitReady(Duration.ZERO);
      return true;
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Rejected) {
        throw e;
      }
      log.debug("{} does not answer: {}", client.address(), e.getMessage());
      return false;
    }
  }
}
