package dev.promptrunner.bench;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Many prompt files of a few tiny frames through the whole program, in a process of its own, on a
 * simulator that renders at once: whether memory grows, whether it slows down, and what {@code
 * status} takes meanwhile. Every tenth of the way is measured.
 *
 * <p>Argument: how many prompt files (10,000 unless given).
 */
public final class LoadBench {
  private static final double MOST_GROWTH = 1.2;
  private static final double LEAST_PACE = 0.9;
  private static final double MOST_STATUS = 0.5;
  private static final int TENTHS = 10;
  private static final FrameSize SIZE = new FrameSize(16, 16);
  private static final int FRAMES = 4;
  private static final Path PROGRAM = Path.of("scripts", "prompt-runner").toAbsolutePath();

  private final int files;
  private final Path folder;
  private final Marks marks;

  private LoadBench(int files, Path folder, Marks marks) {
    this.files = files;
    this.folder = folder;
    this.marks = marks;
  }

  public static void main(String[] args) throws Exception {
    int files = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("load")) {
      new LoadBench(files, folder.path(), marks).measure();
    }
    marks.exit();
  }

  /**
   * What was seen when a tenth was done.
   *
   * @param seconds since the first prompt file was done
   * @param megabytes resident
   * @param status seconds that the command took, its start included
   * @param query seconds of reading the same from the state's file here
   * @param database megabytes of the state's file and its log
   */
  private record Tenth(
      int done, double seconds, double megabytes, double status, double query, double database) {}

  private void measure() throws Exception {
    writePrompts();
    SimulatorSettings instant =
        SimulatorSettings.under(folder.resolve("simulator"))
            .withTimes(Duration.ZERO, Duration.ZERO);
    List<Tenth> tenths;
    try (Simulator simulator = Simulator.start(instant)) {
      Process run =
          process(
                  "run",
                  prompts().toString(),
                  "--json",
                  "--comfyui",
                  simulator.url(),
                  "--size",
                  SIZE.toString(),
                  "--combine",
                  "copy",
                  "--deliver",
                  folder.resolve("delivered").toUri().toString())
              .start();
      try {
        tenths = watched(run);
        if (run.waitFor() != 0) {
          throw new IllegalStateException("the run ended with " + run.exitValue());
        }
      } finally {
        run.destroy();
      }
    }
    judge(tenths);
  }

  private List<Tenth> watched(Process run) throws Exception {
    List<Tenth> tenths = new ArrayList<>();
    int done = 0;
    long start = System.nanoTime();
    try (BufferedReader events = run.inputReader()) {
      for (String line = events.readLine(); line != null; line = events.readLine()) {
        if (line.contains("\"type\":\"work_done\"")) {
          done++;
          if (done == 1) {
            start = System.nanoTime();
          }
          if (done * TENTHS / files > tenths.size()) {
            tenths.add(tenth(run, done, (System.nanoTime() - start) / 1e9));
            say(tenths.getLast());
          }
        }
      }
    }
    return tenths;
  }

  private void say(Tenth tenth) {
    marks.say(
        "load: %6d done after %6.1f s: %4.0f MB, status %.2f s (reading alone %.3f s), state %.1f"
            + " MB",
        tenth.done(),
        tenth.seconds(),
        tenth.megabytes(),
        tenth.status(),
        tenth.query(),
        tenth.database());
  }

  private Tenth tenth(Process run, int done, double seconds) throws Exception {
    double megabytes = megabytes(run);
    long before = System.nanoTime();
    Process status = process("status").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (status.waitFor() != 0) {
      throw new IllegalStateException("status ended with " + status.exitValue());
    }
    double took = (System.nanoTime() - before) / 1e9;
    return new Tenth(done, seconds, megabytes, took, query(), database());
  }

  private double query() {
    long before = System.nanoTime();
    Store.read(folder.resolve("output")).orElseThrow().status();
    return (System.nanoTime() - before) / 1e9;
  }

  private void judge(List<Tenth> tenths) {
    Tenth first = tenths.getFirst();
    Tenth last = tenths.getLast();
    double firstPace = first.done() / first.seconds();
    double lastPace =
        (last.done() - tenths.get(TENTHS - 2).done())
            / (last.seconds() - tenths.get(TENTHS - 2).seconds());
    marks.say(
        "load: %d prompt files in %.0f s, %.1f a second; state.db has %.1f kB a file",
        files, last.seconds(), files / last.seconds(), last.database() * 1000 / files);
    marks.atMost(
        "load: resident memory at the end, by that at a tenth",
        last.megabytes() / first.megabytes(),
        MOST_GROWTH,
        "x");
    marks.atLeast(
        "load: pace of the last tenth, by that of the first",
        lastPace / firstPace,
        LEAST_PACE,
        "x");
    marks.atMost(
        "load: status, at worst",
        tenths.stream().mapToDouble(Tenth::status).max().orElseThrow(),
        MOST_STATUS,
        "s");
  }

  private Path prompts() {
    return folder.resolve("prompts");
  }

  private void writePrompts() throws Exception {
    Files.createDirectories(prompts());
    TestPattern.write(prompts().resolve("walk.mp4"), SIZE, FrameRate.of(16), FRAMES + 4);
    for (int i = 0; i < files; i++) {
      Files.writeString(
          prompts().resolve("take-%05d.txt".formatted(i)),
          "walk\n\n%d\n\na figure walks over hills, take %d\n\nblurred\n".formatted(FRAMES, i));
    }
  }

  private double database() throws IOException {
    double bytes = 0;
    try (Stream<Path> all = Files.list(folder.resolve("output"))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        bytes += file.getFileName().toString().startsWith("state.db") ? Files.size(file) : 0;
      }
    }
    return bytes / 1e6;
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

  private ProcessBuilder process(String... arguments) {
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--output", folder.resolve("output").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("PROMPT_RUNNER_DISK_FLOOR", "100MB");
    return builder;
  }
}
