package dev.promptrunner.e2e;

import dev.promptrunner.app.MainJob;
import dev.promptrunner.app.Parts;
import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.config.Resolver;
import dev.promptrunner.config.Settings;
import dev.promptrunner.config.Sources;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.event.RunListener;
import dev.promptrunner.media.FrameReader;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.plan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A folder with prompt files, their control videos and an output root, and the settings of the
 * program that works on it: in this process, or as the environment of another.
 */
public final class Studio {
  public static final FrameSize SIZE = new FrameSize(64, 64);
  private static final FrameRate RATE = FrameRate.of(16);

  private final Path root;
  private int started;
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, String> machine = new TreeMap<>();

  /**
   * @param root made when it is not there
   */
  public Studio(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(prompts());
    set("output", output());
    set("prompt-files", prompts());
    set("recipe", Path.of("workflows", "wan22-vace.yaml").toAbsolutePath());
    set("size", SIZE);
    set("disk.floor", "1MB");
    set("after", "none");
    variable("PATH", System.getenv("PATH"));
  }

  /** The folder of the prompt files. */
  public Path prompts() {
    return root.resolve("prompts");
  }

  /** The output root. */
  public Path output() {
    return root.resolve("output");
  }

  /** Where the work of a prompt file ends. */
  public Path finalVideo(String name) {
    return output().resolve("final").resolve(name + "_final.mp4");
  }

  /** A setting by its name in the configuration file. */
  public Studio set(String name, Object value) {
    environment.put(
        "PROMPT_RUNNER_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value.toString());
    return this;
  }

  /** A variable that the machine sets, such as a pod's id. */
  Studio variable(String name, String value) {
    machine.put(name, value);
    return this;
  }

  /** The settings as variables of a process. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** A prompt file whose control video has its numbers painted into its frames. */
  public Studio prompt(String name, int frames, int controlFrames)
      throws IOException, MediaException {
    TestPattern.write(prompts().resolve(name + ".mp4"), SIZE, RATE, controlFrames);
    Files.writeString(prompts().resolve(name + ".txt"), promptText(name, frames));
    return this;
  }

  static String promptText(String name, int frames) {
    return "%s\n\n%d\n\na figure walks over hills\n\nblurred\n".formatted(name, frames);
  }

  /** The settings of these variables. */
  public Settings settings() throws Exception {
    return Settings.of(
        Resolver.resolve(
            new Sources(Map.of(), environment, Optional.empty(), root, Files::isDirectory)));
  }

  /** How a run of this process ended. */
  public record Run(int exit, List<RunEvent> events) {
    /** The events of a kind, in order. */
    public <E extends RunEvent> List<E> of(Class<E> kind) {
      return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  /** Runs the main job to its end. */
  public Run run() throws Exception {
    return run(Sleeper.SYSTEM);
  }

  /** The same with pauses as given. */
  Run run(Sleeper sleeper) throws Exception {
    // Runs are named by their second, and no two processes begin in one with the same id.
    InstantSource clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(started++));
    return run(clock, sleeper, _ -> {});
  }

  /** The same on another clock, with somebody who hears every event. */
  Run run(InstantSource clock, Sleeper sleeper, RunListener also) throws Exception {
    List<RunEvent> events = new CopyOnWriteArrayList<>();
    RunListener all =
        event -> {
          events.add(event);
          also.on(event);
        };
    Parts parts = new Parts(clock, sleeper, RandomGenerator.getDefault(), machine);
    MainJob.Ending ending = job(parts, all).run(List.of(prompts()));
    return new Run(ending.code(), events);
  }

  private MainJob job(Parts parts, RunListener listener) throws Exception {
    return new MainJob(
        parts,
        settings(),
        new MainJob.Front() {
          @Override
          public void planned(Planned planned, List<Problem> problems) {
            // The events tell enough.
          }

          @Override
          public void on(RunEvent event) {
            listener.on(event);
          }
        });
  }

  /** The numbers painted into a video's frames, in order; −1 for a frame without one. */
  public static List<Integer> numbers(Path video) throws MediaException {
    List<Integer> numbers = new ArrayList<>();
    try (FrameReader frames = FrameReader.open(video)) {
      for (Optional<Picture> next = frames.next(); next.isPresent(); next = frames.next()) {
        numbers.add(TestPattern.readNumber(next.get()).orElse(-1));
      }
    }
    return numbers;
  }

  /** 0 … frames − 1, each so many times. */
  public static List<Integer> counted(int frames, int times) {
    return IntStream.range(0, frames * times).map(i -> i / times).boxed().toList();
  }
}
