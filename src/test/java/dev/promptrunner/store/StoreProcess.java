package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.artifact;
import static dev.promptrunner.store.StoreFixture.begin;
import static dev.promptrunner.store.StoreFixture.job;
import static dev.promptrunner.store.StoreFixture.work;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real process that uses a store, started and killed by the tests. */
final class StoreProcess implements AutoCloseable {
  /** What the process prints when it could not open the store; the message follows. */
  static final String BUSY = "busy: ";

  private final Process process;
  private final BufferedReader lines;

  private StoreProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Opens the store, prints {@code open} or {@link #BUSY}, holds it until killed. */
  static StoreProcess holding(Path root) throws IOException {
    return start(root, "hold", 0);
  }

  /**
   * Completes jobs of two works on two threads for ever, printing each job's id after it is stored.
   *
   * @param from the first job's number
   */
  static StoreProcess writing(Path root, int from) throws IOException {
    return start(root, "write", from);
  }

  private static StoreProcess start(Path root, String mode, int from) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StoreProcess.class.getName(), root.toString(), mode, "" + from));
    return new StoreProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line that is not a log line. */
  String line() throws IOException, InterruptedException {
    String line = lines.readLine();
    while (line != null && line.contains(" DEBUG ")) {
      line = lines.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(
          "process " + pid() + " ended by itself with code " + process.waitFor());
    }
    return line;
  }

  /** SIGKILL; then what it had printed until then. */
  List<String> kill() throws IOException, InterruptedException {
    // Not Process.destroyForcibly: that closes the output unread.
    process.toHandle().destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + pid() + " does not die");
    }
    // The last line may be torn: without its end it was not told.
    StringBuilder rest = new StringBuilder();
    for (int c = lines.read(); c >= 0; c = lines.read()) {
      rest.append((char) c);
    }
    String whole = rest.substring(0, rest.lastIndexOf("\n") + 1);
    return whole.lines().filter(line -> !line.contains(" DEBUG ")).toList();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (process.isAlive()) {
      kill();
    }
  }

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    try (Store store = Store.open(root, InstantSource.system(), ProcessHandle.current().pid())) {
      System.out.println("open");
      if (args[1].equals("hold")) {
        Thread.sleep(Duration.ofMinutes(5));
      }
      write(store, Integer.parseInt(args[2]));
    } catch (OutputRootBusyException e) {
      System.out.println(BUSY + e.getMessage());
    }
  }

  private static void write(Store store, int from) throws InterruptedException {
    RunId run = new RunId("run-" + from);
    store.startRun(RunRow.started(run, "simulator", Instant.EPOCH, "0", 1));
    store.rememberWorks(List.of(work("walk"), work("runner")));
    Thread other = Thread.startVirtualThread(() -> complete(store, run, work("runner"), from));
    complete(store, run, work("walk"), from);
    other.join();
  }

  private static void complete(Store store, RunId run, WorkRow work, int from) {
    for (int number = from; true; number++) {
      JobId job = job(work, number);
      AttemptRow attempt = begin(store, job);
      store.append(run, new RunEvent.JobProgress(Instant.EPOCH, job, "step", number, 9));
      store.append(run, new RunEvent.Warning(Instant.EPOCH, job.value(), "about to complete"));
      List<ArtifactRow> made = List.of(artifact(job, "LATENT"), artifact(job, "SEGMENT"));
      store.completeJob(attempt, made, Duration.ofSeconds(1));
      System.out.println(job);
    }
  }
}
