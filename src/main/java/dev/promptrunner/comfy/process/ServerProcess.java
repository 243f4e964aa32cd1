package dev.promptrunner.comfy.process;

import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.process.ServerRecord.Starter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A server's process with its children: a session of its own, so that they end together and neither
 * Ctrl-C nor the end of this program reaches them. Its output goes into a file, which nobody has to
 * drain (docs/adr/0007). Thread-safe.
 */
final class ServerProcess {
  /** How long a dead process of somebody else may stay unnoticed. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final Duration LONGEST_DEATH = Duration.ofSeconds(30);

  private final ServerRecord known;
  private final ProcFs processes;
  private final @Nullable Process child;

  private ServerProcess(ServerRecord known, ProcFs processes, @Nullable Process child) {
    this.known = known;
    this.processes = processes;
    this.child = child;
  }

  /**
   * Starts it and remembers it in its file.
   *
   * @throws IOException when it cannot be started, or not be remembered: then it is ended
   */
  static ServerProcess start(Launch launch, Starter by, InstantSource clock, ProcFs processes)
      throws IOException {
    Files.createDirectories(launch.log().getParent());
    mark(launch, clock.instant());
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "/bin/sh", "-c", launch.command())
            .directory(launch.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    builder.environment().clear();
    builder.environment().putAll(launch.environment());
    Process child = builder.start();
    long started = processes.stat(child.pid()).map(ProcFs.Stat::started).orElse(0L);
    ServerRecord known =
        new ServerRecord(
            child.pid(),
            started,
            processes.boot(),
            clock.instant(),
            launch.url().toString(),
            launch.command(),
            by);
    try {
      known.write(launch.state());
    } catch (IOException e) {
      child.destroyForcibly();
      throw e;
    }
    return new ServerProcess(known, processes, child);
  }

  /** The one that an earlier program has started, if it still lives. */
  static Optional<ServerProcess> find(Launch launch, ProcFs processes) throws IOException {
    return ServerRecord.read(launch.state())
        .filter(known -> known.isAlive(processes))
        .map(known -> new ServerProcess(known, processes, null));
  }

  /** Where this start's lines begin in the log. */
  private static void mark(Launch launch, Instant now) throws IOException {
    String line = ServerLog.START + now + ": " + launch.command().replace('\n', ' ') + "\n";
    Files.write(
        launch.log(),
        line.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  ServerRecord known() {
    return known;
  }

  /** Whether this program has started it, not an earlier one. */
  boolean startedHere() {
    return child != null;
  }

  long pid() {
    return known.pid();
  }

  boolean isAlive() {
    return child != null ? child.isAlive() : known.isAlive(processes);
  }

  /** Waits for its end; empty for the exit code of a process that is not this program's child. */
  OptionalInt awaitEnd(Sleeper sleeper) throws InterruptedException {
    if (child != null) {
      return OptionalInt.of(child.waitFor());
    }
    while (known.isAlive(processes)) {
      sleeper.sleep(LOOK);
    }
    return OptionalInt.empty();
  }

  /** Bytes that it and its children hold. */
  long resident() {
    return sum(stat -> processes.resident(stat.pid()));
  }

  /** The same without what the kernel could drop. */
  long unreclaimable() {
    return sum(stat -> processes.unreclaimable(stat.pid()));
  }

  private long sum(java.util.function.ToLongFunction<ProcFs.Stat> bytes) {
    return members().stream().mapToLong(bytes).sum();
  }

  private List<ProcFs.Stat> members() {
    return processes.session(pid());
  }

  /**
   * Asks it to end, kills it after the grace, and then what is left of its children.
   *
   * @return whether it ended when asked
   * @throws UnkillableException when it lives on for half a minute: the kernel waits for a device
   */
  boolean stop(Duration grace, Sleeper sleeper) throws UnkillableException, InterruptedException {
    boolean asked = isAlive() && endsWhenAsked(grace, sleeper);
    kill();
    if (!endsWithin(LONGEST_DEATH, sleeper)) {
      throw new UnkillableException(pid());
    }
    return asked;
  }

  /** A process that SIGKILL does not end. */
  static final class UnkillableException extends IOException {
    private static final long serialVersionUID = 1L;
    static final String REMEDY = "restart the pod";

    private UnkillableException(long pid) {
      super("process " + pid + " does not die after SIGKILL: its GPU driver hangs");
    }
  }

  private boolean endsWhenAsked(Duration grace, Sleeper sleeper) throws InterruptedException {
    // A shell makes what it starts behind itself ignore SIGINT, and children inherit that.
    Signals request = processes.ignores(pid(), Signals.INT) ? Signals.TERM : Signals.INT;
    request.toGroup(pid());
    return endsWithin(grace, sleeper);
  }

  private boolean endsWithin(Duration longest, Sleeper sleeper) throws InterruptedException {
    Duration tick = LOOK.dividedBy(4);
    for (Duration waited = Duration.ZERO;
        waited.compareTo(longest) < 0;
        waited = waited.plus(tick)) {
      if (!isAlive()) {
        return true;
      }
      sleeper.sleep(tick);
    }
    return !isAlive();
  }

  /** Ends it and its children at once; also those that outlived it. */
  void kill() {
    if (isAlive() || !members().isEmpty()) {
      Signals.KILL.toGroup(pid());
    }
  }
}
