package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.app.Parts;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.cli.WholeProgram;
import dev.promptrunner.media.TestPattern;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The whole program on a folder of its own; what changes from run to run is told by a word. */
abstract class CommandLine {
  /** Long enough for every prompt file of these tests. */
  static final int FRAMES = 12;

  static final FrameSize SIZE = new FrameSize(64, 64);

  /** What changes from run to run, and the word that stands for it. */
  private static final Map<Pattern, String> CHANGING =
      Map.of(
          Pattern.compile("(?m)^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d "), "",
          Pattern.compile("127\\.0\\.0\\.1:\\d+"), "HOST:PORT",
          Pattern.compile("_[0-9a-f]{8}\\b"), "_KEY",
          Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}"), "UUID",
          Pattern.compile("\\d{8}-\\d{6}-\\d+"), "RUN",
          Pattern.compile("\\bin (\\d+m \\d\\ds|[0-9.]+ s)"), "in TIME",
          Pattern.compile(" \\([0-9.]+ frames/s\\)"), "",
          Pattern.compile("has \\S+ .B free"), "has SOME free",
          Pattern.compile("\\([0-9.]+ kB"), "(SIZE");

  @TempDir static Path shared;
  @TempDir Path dir;

  final Map<String, String> environment = new HashMap<>();
  private int started;

  /**
   * What a user saw.
   *
   * @param out the answer
   * @param err everything else
   */
  record Told(int code, String out, String err) {
    /** That it ended so, with these lines and nothing else. */
    void only(int expected, String... lines) {
      assertThat(this).isEqualTo(new Told(expected, "", String.join("\n", lines) + "\n"));
    }

    /** That it ended so and told these lines among others. */
    void among(int expected, String... lines) {
      assertThat((out + err).lines()).contains(lines);
      assertThat(code).isEqualTo(expected);
    }
  }

  @BeforeEach
  final void makeFolders() throws Exception {
    Files.createDirectories(prompts());
  }

  final Path prompts() {
    return dir.resolve("prompts");
  }

  final Path output() {
    return dir.resolve("out");
  }

  /** A prompt file that can be rendered, with its control video. */
  final void good(String stem) throws Exception {
    prompt(stem, stem + "\n\n4\n\na cat walks\n\nblurry\n");
    video(stem);
  }

  final Path prompt(String stem, String text) throws Exception {
    return Files.writeString(prompts().resolve(stem + ".txt"), text);
  }

  /** A control video beside the prompt file. */
  final Path video(String stem) throws Exception {
    return Files.copy(sample(), prompts().resolve(stem + ".mp4"));
  }

  /** One video for all tests of a class. */
  static Path sample() throws Exception {
    Path sample = shared.resolve("sample.mp4");
    if (!Files.exists(sample)) {
      TestPattern.write(sample, SIZE, FrameRate.of(16), FRAMES);
    }
    return sample;
  }

  /** {@code run} on the prompts' folder and the simulator. */
  final Told render(String... more) {
    return run(more, "--engine", "simulator", "--size", "64x64", "--combine", "copy");
  }

  /** {@code run} on the prompts' folder and a server. */
  final Told renderOn(String url, String... more) {
    return run(more, "--comfyui", url, "--size", "64x64", "--combine", "copy");
  }

  private Told run(String[] more, String... usual) {
    return tell(
        Stream.of(
                Stream.of("run", prompts().toString()),
                List.of(more).contains("--output")
                    ? Stream.<String>of()
                    : Stream.of("--output", output().toString()),
                Stream.of(usual),
                Stream.of(more))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  final Told tell(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    // Runs are named by their second, and no two processes begin in one with the same id.
    started++;
    InstantSource clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(started));
    Parts parts = new Parts(clock, Sleeper.SYSTEM, new Random(1), environment);
    int code = WholeProgram.execute(parts, stream(out), stream(err), arguments);
    return new Told(code, steady(out), steady(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String steady(ByteArrayOutputStream bytes) {
    String text = bytes.toString(StandardCharsets.UTF_8).replace(dir.toString(), "DIR");
    for (Map.Entry<Pattern, String> each : CHANGING.entrySet()) {
      text = each.getKey().matcher(text).replaceAll(each.getValue());
    }
    return text;
  }
}
