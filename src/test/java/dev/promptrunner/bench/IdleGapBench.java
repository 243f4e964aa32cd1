package dev.promptrunner.bench;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.JobResult;
import dev.promptrunner.comfy.Submission;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.testing.Plans;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long a server stands idle between two jobs of a chain: 60 jobs of 50 ms, each after the one
 * before, sent by the scheduler with its store, against the same client that only looks at the
 * history every 2 s. A gap is the time from the end of one job as the client learns it to the end
 * of the next, less what the next took by the server's own clock.
 *
 * <p>Argument: how many jobs the polling side runs (10 unless given, for each costs 2 s).
 */
public final class IdleGapBench {
  private static final int CHUNKS = 30;
  private static final int FRAMES = 13;
  private static final int STEPS = 10;
  private static final Duration STEP = Duration.ofMillis(5);
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final double LEAST_RATIO = 100;
  private static final double MOST_MEDIAN = 15;

  private final ComfySettings settings;
  private final List<Double> gaps = new ArrayList<>();
  private final List<Double> jobs = new ArrayList<>();
  private long last;
  private int number;

  private IdleGapBench(Simulator simulator) {
    settings = ComfySettings.of(URI.create(simulator.url()));
  }

  public static void main(String[] args) throws Exception {
    int polled = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("idle-gap");
        Simulator simulator =
            Simulator.start(
                SimulatorSettings.under(folder.path().resolve("simulator"))
                    .withTimes(STEP, Duration.ZERO))) {
      new IdleGapBench(simulator).scheduled(new BenchFolder(folder.path().resolve("warm")));
      IdleGapBench ours = new IdleGapBench(simulator);
      ours.scheduled(new BenchFolder(folder.path().resolve("run")));
      IdleGapBench alone = new IdleGapBench(simulator);
      alone.chained(ours.jobs.size());
      IdleGapBench polling = new IdleGapBench(simulator);
      polling.polling(polled);
      ours.report(alone, polling, marks);
    }
    marks.exit();
  }

  private void scheduled(BenchFolder root) throws Exception {
    VideoWork work =
        Plans.work(
            "chain",
            CHUNKS * FRAMES,
            Plans.settings(FRAMES, 0, CombineMode.COPY, JobOrder.ADJACENT, false));
    try (ComfyServer comfy = ComfyServer.connect(settings)) {
      comfy.awaitReady(Duration.ofSeconds(10));
      FakeServer server = new FakeServer("simulator");
      server.script((order, _) -> job(comfy, comfy, order.promptId()));
      last = System.nanoTime();
      Outcome outcome = new ExecutionBench(root.path(), server).run(work);
      if (outcome.count(Outcome.State.DONE) != 1 || jobs.size() != 2 * CHUNKS) {
        throw new IllegalStateException("not all done: " + outcome);
      }
    }
  }

  /** Without scheduler and store: what of a gap is the client's. */
  private void chained(int count) throws Exception {
    try (ComfyServer comfy = ComfyServer.connect(settings)) {
      comfy.awaitReady(Duration.ofSeconds(10));
      last = System.nanoTime();
      for (int i = 0; i < count; i++) {
        job(comfy, comfy, UUID.randomUUID().toString());
      }
    }
  }

  /** The socket belongs to the client that sends, so the one that follows hears nothing. */
  private void polling(int count) throws Exception {
    ComfySettings.Polling usual = settings.polling();
    ComfySettings slow =
        settings.with(
            new ComfySettings.Polling(
                POLL,
                POLL,
                POLL,
                usual.endedFor(),
                usual.queue(),
                usual.confirm(),
                usual.deafAfter(),
                usual.ping()));
    try (ComfyServer sender = ComfyServer.connect(settings);
        ComfyServer follower = ComfyServer.connect(slow)) {
      sender.awaitReady(Duration.ofSeconds(10));
      last = System.nanoTime();
      for (int i = 0; i < count; i++) {
        job(sender, follower, UUID.randomUUID().toString());
      }
    }
  }

  private void job(ComfyServer sender, ComfyServer follower, String id)
      throws FailureException, InterruptedException {
    Submission sent = sender.submit(graph(), id, List.of("save"));
    if (!(sent instanceof Submission.Queued)) {
      throw new IllegalStateException("not queued: " + sent);
    }
    JobResult result = follower.follow(id, _ -> {});
    long now = System.nanoTime();
    double took = result.took().toNanos() / 1e6;
    jobs.add(took);
    gaps.add((now - last) / 1e6 - took);
    last = now;
  }

  /** A render of one small frame in ten steps; each job differs, so that none comes from cache. */
  private ObjectNode graph() {
    String json =
        """
        {"model": {"class_type": "WanVideoModelLoader", "inputs": {
            "model": "Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf", "base_precision": "fp16",
            "quantization": "disabled", "load_device": "offload_device"}},
         "vae": {"class_type": "WanVideoVAELoader", "inputs": {
            "model_name": "wan_2.1_vae.safetensors", "precision": "bf16"}},
         "vace": {"class_type": "WanVideoVACEEncode", "inputs": {
            "vae": ["vae", 0], "width": 64, "height": 64, "num_frames": 1, "strength": 1.0,
            "vace_start_percent": 0.0, "vace_end_percent": 1.0, "tiled_vae": false}},
         "sampler": {"class_type": "WanVideoSampler", "inputs": {
            "model": ["model", 0], "image_embeds": ["vace", 0], "steps": %d, "cfg": 1.0,
            "shift": 5.0, "seed": %d, "force_offload": true, "scheduler": "unipc",
            "riflex_freq_index": 0}},
         "save": {"class_type": "SaveLatentWithPath", "inputs": {
            "latent": ["sampler", 0], "folder_path": "latents", "subfolder_name": "gap",
            "filename": "job"}}}
        """
            .formatted(STEPS, ++number + System.nanoTime() % 1_000_000_000);
    return (ObjectNode) new JsonMapper().readTree(json);
  }

  private void report(IdleGapBench alone, IdleGapBench polling, Marks marks) {
    double mean = mean(gaps);
    double slow = mean(polling.gaps);
    marks.say(
        "idle gap: %d jobs of %.0f ms scheduled, %d of %.0f ms polled every %d s",
        jobs.size(),
        Marks.median(jobs),
        polling.jobs.size(),
        Marks.median(polling.jobs),
        POLL.toSeconds());
    marks.say("  scheduled: %.1f ms a job, median %.1f ms", mean, Marks.median(gaps));
    marks.say(
        "  of it the client alone: %.1f ms a job, median %.1f ms",
        mean(alone.gaps), Marks.median(alone.gaps));
    marks.say("  polling:   %.1f ms a job, median %.1f ms", slow, Marks.median(polling.gaps));
    marks.atLeast("idle gap: polling / scheduled", slow / mean, LEAST_RATIO, "x");
    marks.atMost("idle gap: median", Marks.median(gaps), MOST_MEDIAN, "ms");
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
