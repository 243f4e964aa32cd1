package dev.promptrunner.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The program as a process of its own, started as a user starts it, with its output in files. */
public final class Child implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it.
   *
   * @param logs a folder for what it prints; each process has files of its own
   * @param settings by variable; nothing else of this process's environment is passed on
   */
  static Child start(Path logs, Map<String, String> settings, String... arguments)
      throws IOException {
    List<String> program =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.promptrunner.cli.Main");
    return start(program, logs, settings, arguments);
  }

  /** Whoever runs the tests in the background lets them, and all they start, ignore Ctrl-C. */
  private static final List<String> HEARS_SIGNALS = List.of("env", "--default-signal=INT,HUP,TERM");

  /**
   * The same by a command line of its own.
   *
   * @param program what comes before the arguments
   */
  public static Child start(
      List<String> program, Path logs, Map<String, String> settings, String... arguments)
      throws IOException {
    Files.createDirectories(logs);
    Path out = Files.createTempFile(logs, arguments[0] + "-", ".out");
    Path err = Path.of(out.toString().replace(".out", ".err"));
    List<String> command = new ArrayList<>(HEARS_SIGNALS);
    command.addAll(program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
    builder.environment().putAll(settings);
    return new Child(builder.start(), out, err);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String out() throws IOException {
    return Files.readString(out);
  }

  public String err() throws IOException {
    return Files.readString(err);
  }

  /** Waits until it has printed this, or has ended. */
  void awaitOutput(String text) {
    await(() -> prints(text) || !isAlive());
  }

  /** Waits for something that the process brings about. */
  static void await(BooleanSupplier condition) {
    Awaitility.await()
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(5))
        .until(condition::getAsBoolean);
  }

  private boolean prints(String text) {
    try {
      return Files.size(out) >= text.length() && out().contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Whether it ends by itself within this time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The exit code, once it has ended by itself. */
  public int exit() throws InterruptedException, IOException {
    if (!endsWithin(LONGEST)) {
      throw new IllegalStateException("it did not end within " + LONGEST + ":\n" + err());
    }
    return process.exitValue();
  }

  /** SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Another signal by its name, such as {@code INT}. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
  }

  /** SIGKILL; returns when the process is gone. */
  public void kill() throws InterruptedException, IOException {
    process.destroyForcibly();
    exit();
  }

  /** SIGSTOP: it is there, and does nothing until {@link #thaw}. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
