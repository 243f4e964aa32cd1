package dev.promptrunner.bench;

import dev.promptrunner.app.ExploreJob;
import dev.promptrunner.app.Foreseen;
import dev.promptrunner.app.Parts;
import dev.promptrunner.app.Wish;
import dev.promptrunner.e2e.Studio;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A grid of 180 runs on two servers: how busy each is by its own clock, from the first job's
 * beginning to the last one's end, and how soon the first 20 runs are taken up.
 *
 * <p>Argument: how many runs (180 unless given; a multiple of 6).
 */
public final class ExploreBench {
  private static final Duration STEP = Duration.ofMillis(250);
  private static final int STEPS = 6;
  private static final int TAKEN_UP = 20;
  private static final double LEAST_BUSY = 95;
  private static final double MOST_SECONDS = 1;

  private final List<RunEvent> events = new ArrayList<>();

  private ExploreBench() {}

  public static void main(String[] args) throws Exception {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 180;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("explore");
        Simulator one = server(folder, "one");
        Simulator two = server(folder, "two")) {
      Studio studio =
          new Studio(folder.path().resolve("studio"))
              .set("comfyui.url", one.url() + "," + two.url());
      new ExploreBench().measure(studio, grid(folder, runs), runs, List.of(one, two), marks);
    }
    marks.exit();
  }

  private static Simulator server(BenchFolder folder, String name) throws Exception {
    return Simulator.start(
        SimulatorSettings.under(folder.path().resolve(name)).withTimes(STEP, Duration.ZERO));
  }

  private static Path grid(BenchFolder folder, int runs) throws Exception {
    Path workflow = Path.of("workflows/wan22-t2v.json").toAbsolutePath();
    return Files.writeString(
        folder.path().resolve("grid.yaml"),
        """
        workflow: %s
        strategy: grid
        targets: ["32"]
        parameters:
          latent_width: {type: values, values: [64]}
          latent_height: {type: values, values: [64]}
          latent_length: {type: values, values: [5]}
          sampler_high_scheduler: {type: values, values: [simple, beta, karras]}
          lora_high_strength: {type: linear, min: 0.5, max: 1, count: 2}
          high_shift: {type: linear, min: 2, max: 9, count: %d}
        """
            .formatted(workflow, runs / 6));
  }

  private void measure(Studio studio, Path file, int runs, List<Simulator> servers, Marks marks)
      throws Exception {
    ExploreJob job = new ExploreJob(Parts.system(), studio.settings(), new Front());
    ExploreJob.Ending ending = job.run(new Wish.Sweep(file, Wish.Manner.USUAL));
    long done = ending.results().stream().filter(each -> each.state() == Result.State.DONE).count();
    if (done != runs) {
      throw new IllegalStateException(done + " of " + runs + " done");
    }
    Instant start = at(RunEvent.JobStarted.class, 1);
    double seconds = Duration.between(start, last(RunEvent.JobDone.class)).toNanos() / 1e9;
    Instant begin = at(RunEvent.RunStarted.class, 1);
    double taken =
        Duration.between(begin, at(RunEvent.WorkStarted.class, TAKEN_UP)).toNanos() / 1e9;
    marks.say(
        "explore: %d runs of %d steps of %d ms on %d servers in %.1f s",
        runs, STEPS, STEP.toMillis(), servers.size(), seconds);
    for (Simulator server : servers) {
      int jobs = server.counters().started();
      double busy = server.counters().busy().toNanos() / 1e9;
      marks.say(
          "  %d jobs of %.0f ms, %.1f ms between them",
          jobs, busy * 1e3 / jobs, (seconds - busy) * 1e3 / jobs);
      marks.atLeast("explore: a server is busy", 100 * busy / seconds, LEAST_BUSY, "%");
    }
    marks.atMost("explore: " + TAKEN_UP + " runs are taken up", taken, MOST_SECONDS, "s");
  }

  private Instant at(Class<? extends RunEvent> kind, int number) {
    return events.stream()
        .filter(kind::isInstance)
        .skip(number - 1L)
        .findFirst()
        .orElseThrow()
        .at();
  }

  private Instant last(Class<? extends RunEvent> kind) {
    return events.reversed().stream().filter(kind::isInstance).findFirst().orElseThrow().at();
  }

  private final class Front implements ExploreJob.Front {
    @Override
    public void foreseen(Foreseen foreseen) {
      // nothing to show
    }

    @Override
    public boolean goOn(Foreseen foreseen) {
      return true;
    }

    @Override
    public void ended(Result result, boolean before) {
      // the events tell
    }

    @Override
    public void delivering(long sent, long total) {
      // nothing to show
    }

    @Override
    public void on(RunEvent event) {
      if (!(event instanceof RunEvent.JobProgress)) {
        events.add(event);
      }
    }
  }
}
