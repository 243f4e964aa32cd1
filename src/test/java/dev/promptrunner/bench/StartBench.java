package dev.promptrunner.bench;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How long short commands take from the shell, with the start cache of the build against without
 * it; and the resident memory of a run while it waits: for a server that is not there, for a job on
 * the server, and for new prompt files after a video was finished.
 *
 * <p>Argument: how often each command is started (10 unless given).
 */
public final class StartBench {
  private static final double MOST_HELP = 200;
  private static final double MOST_PLAN = 300;
  private static final double MOST_MEGABYTES = 120;
  private static final Duration SETTLE = Duration.ofSeconds(3);
  private static final Path PROGRAM = Path.of("scripts", "prompt-runner").toAbsolutePath();
  private static final Path SAMPLE = Path.of("prompt_files").toAbsolutePath();

  private StartBench() {}

  public static void main(String[] args) throws Exception {
    int times = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("start")) {
      times(marks, times, "--help", MOST_HELP, List.of("--help"));
      times(
          marks,
          times,
          "plan of one file",
          MOST_PLAN,
          List.of("plan", SAMPLE.resolve("walk.txt").toString()));
      memory(marks, folder.path());
    }
    marks.exit();
  }

  private static void times(Marks marks, int times, String what, double mark, List<String> command)
      throws Exception {
    double[] cached = new double[times];
    double[] plain = new double[times];
    double[] java = new double[times];
    for (int i = 0; i < times; i++) {
      cached[i] = milliseconds(command, "");
      plain[i] = milliseconds(command, "-XX:AOTMode=off");
      java[i] = javaAlone();
    }
    double median = Marks.median(cached);
    marks.say(
        "start: %s: %.0f ms with the cache, %.0f ms without: %.1fx; java -version %.0f ms",
        what, median, Marks.median(plain), Marks.median(plain) / median, Marks.median(java));
    marks.atMost("start: " + what, median, mark, "ms");
  }

  private static double milliseconds(List<String> arguments, String options) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(arguments);
    return milliseconds(process(command).options(options));
  }

  /** What no Java program can beat here and now: tells how busy the machine is. */
  private static double javaAlone() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return milliseconds(process(List.of(java, "-XX:+UseSerialGC", "-version")));
  }

  private static double milliseconds(Command command) throws Exception {
    long start = System.nanoTime();
    int code = command.start().waitFor();
    double time = (System.nanoTime() - start) / 1e6;
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code);
    }
    return time;
  }

  private static void memory(Marks marks, Path folder) throws Exception {
    Path prompts = Files.createDirectory(folder.resolve("prompts"));
    for (String name : List.of("walk.txt", "walk.mp4")) {
      Files.copy(SAMPLE.resolve(name), prompts.resolve(name));
    }
    List<Double> waiting = new ArrayList<>();
    waiting.add(withoutServer(prompts, folder.resolve("none")));
    marks.say("start: %.0f MB while the server is not there", waiting.getLast());
    waiting.addAll(withServer(prompts, folder));
    marks.say("start: %.0f MB while a job renders elsewhere", waiting.get(1));
    marks.say("start: %.0f MB while waiting for prompt files after a video", waiting.get(2));
    double most = waiting.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    marks.atMost("start: resident memory while waiting", most, MOST_MEGABYTES, "MB");
  }

  private static double withoutServer(Path prompts, Path output) throws Exception {
    Process run = run("http://127.0.0.1:9", prompts, output);
    try {
      Thread.sleep(SETTLE);
      return megabytes(run);
    } finally {
      end(run);
    }
  }

  private static List<Double> withServer(Path prompts, Path folder) throws Exception {
    SimulatorSettings slow =
        SimulatorSettings.under(folder.resolve("simulator"))
            .withTimes(Duration.ofSeconds(1), Duration.ZERO);
    List<Double> found = new ArrayList<>();
    try (Simulator simulator = Simulator.start(slow)) {
      Process run = run(simulator.url(), prompts, folder.resolve("run"));
      try {
        await(run, () -> simulator.counters().started() > 0);
        Thread.sleep(SETTLE);
        found.add(megabytes(run));
        Path delivered = folder.resolve("run").resolve("final");
        await(run, () -> Files.isDirectory(delivered) && holdsVideo(delivered));
        Thread.sleep(SETTLE);
        found.add(megabytes(run));
      } finally {
        end(run);
      }
    }
    return found;
  }

  private static boolean holdsVideo(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().endsWith("_final.mp4"));
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Process run, Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end || !run.isAlive()) {
        throw new IllegalStateException("the run did not come that far; alive: " + run.isAlive());
      }
      Thread.sleep(100);
    }
  }

  private static Process run(String server, Path prompts, Path output) throws IOException {
    return process(
            List.of(
                PROGRAM.toString(),
                "run",
                prompts.toString(),
                "--watch",
                "--comfyui",
                server,
                "--output",
                output.toString()))
        .start();
  }

  /** The script's process becomes the program's, so its id is the one to look at. */
  private static double megabytes(Process run) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + run.pid(), "status"))) {
      return lines
              .filter(line -> line.startsWith("VmRSS"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
              .findFirst()
              .orElseThrow()
          / 1e6;
    }
  }

  private static void end(Process run) throws InterruptedException {
    run.destroy();
    run.waitFor();
  }

  private static Command process(List<String> command) {
    return new Command(command, "");
  }

  /** A process whose output nobody reads. */
  private record Command(List<String> words, String javaOptions) {
    Command options(String options) {
      return new Command(words, options);
    }

    Process start() throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD);
      Map<String, String> environment = builder.environment();
      if (!javaOptions.isEmpty()) {
        environment.put("JAVA_OPTIONS", javaOptions);
      }
      return builder.start();
    }
  }
}
