package dev.promptrunner.bench;

import dev.promptrunner.base.JobId;
import dev.promptrunner.execution.RenderOrder;
import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Plan;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.FakeServer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What swapping the expert costs: 4 videos of 6 chunks on one server, each pair's LOW right after
 * its HIGH, against all HIGHs of a chunk number and then all LOWs. The server pays for each expert
 * it loads in place of another, and for the encodings of a chunk unless the job before was of the
 * same chunk, as ComfyUI's cache has it.
 *
 * <p>Argument: real seconds for each scripted one (0.001 unless given).
 */
public final class SwapsBench {
  private static final int VIDEOS = 4;
  private static final int CHUNKS = 6;
  private static final double ENCODINGS = 9;
  private static final double[] PRICES = {0.5, 3, 6, 12, 33, 66};

  private SwapsBench() {}

  public static void main(String[] args) throws Exception {
    double scale = args.length > 0 ? Double.parseDouble(args[0]) : 0.001;
    Marks marks = new Marks();
    int adjacent = swaps(planned(JobOrder.ADJACENT));
    int wave = swaps(planned(JobOrder.WAVE));
    marks.say("swaps: %d videos of %d chunks, %.0f s of encodings", VIDEOS, CHUNKS, ENCODINGS);
    marks.atMost("swaps: pair by pair, by the plan", adjacent, 47, "");
    marks.atLeast("swaps: pair by pair, by the plan", adjacent, 47, "");
    marks.atMost("swaps: in waves, by the plan", wave, 11, "");
    run(marks, scale);
    marks.exit();
  }

  private static void run(Marks marks, double scale) throws Exception {
    marks.say("  as run, in scripted seconds:");
    marks.say(
        "  %8s  %14s  %14s  %s", "price", "adjacent", "wave", "adjacent / wave (swaps, encodings)");
    double ratio = 0;
    int waveSwaps = 0;
    try (BenchFolder folder = BenchFolder.open("swaps")) {
      scheduled(new BenchFolder(folder.path().resolve("warm")), JobOrder.WAVE, 0, scale / 10);
      for (double price : PRICES) {
        BenchFolder root = new BenchFolder(folder.path().resolve("price-" + price));
        Result adjacent = scheduled(root, JobOrder.ADJACENT, price, scale);
        Result wave = scheduled(root, JobOrder.WAVE, price, scale);
        ratio = adjacent.seconds() / wave.seconds();
        waveSwaps = Math.max(waveSwaps, wave.swaps());
        marks.say("  %8.1f  %14s  %14s  %.2f%s", price, adjacent, wave, ratio, won(ratio));
      }
    }
    marks.atMost("swaps: in waves, as run", waveSwaps, 11, "");
    marks.atLeast("swaps: adjacent / wave at the dearest price", ratio, 1, "x");
  }

  private static String won(double ratio) {
    return ratio > 1 ? "  wave wins" : "";
  }

  /** The server's jobs in the order of a plan whose other jobs take no time. */
  private static List<Job> planned(JobOrder order) {
    Plan plan = new Plan(ScriptedRun.works(VIDEOS, CHUNKS, order), order);
    Set<JobId> done = new HashSet<>();
    List<Job> rendered = new ArrayList<>();
    List<Job> ready = plan.ready(done);
    while (!ready.isEmpty()) {
      Optional<Job> here =
          ready.stream()
              .filter(job -> job.kind().resource() != JobKind.Resource.SERVER)
              .findFirst();
      Job next = here.orElse(ready.getFirst());
      if (here.isEmpty()) {
        rendered.add(next);
      }
      done.add(next.id());
      ready = plan.ready(done);
    }
    return rendered;
  }

  private static int swaps(List<Job> jobs) {
    int swaps = 0;
    for (int i = 1; i < jobs.size(); i++) {
      swaps += jobs.get(i).kind() == jobs.get(i - 1).kind() ? 0 : 1;
    }
    return swaps;
  }

  private record Result(double seconds, int swaps, int encodings) {
    @Override
    public String toString() {
      return "%.0f (%d, %d)".formatted(seconds, swaps, encodings);
    }
  }

  private static Result scheduled(BenchFolder root, JobOrder order, double price, double scale)
      throws Exception {
    ScriptedTimes times = new ScriptedTimes(scale);
    Experts experts = new Experts(times, price);
    FakeServer server = new FakeServer("server").script((sent, _) -> experts.render(sent));
    List<VideoWork> works = ScriptedRun.works(VIDEOS, CHUNKS, order);
    double seconds =
        new ScriptedRun(times).seconds(root.path().resolve("" + order), server, works, order);
    return new Result(seconds / scale, experts.swaps, experts.encodings);
  }

  /** One GPU that holds one expert and the encodings of the last job. Used by one job at a time. */
  private static final class Experts {
    private final ScriptedTimes times;
    private final double price;
    private Optional<JobKind> loaded = Optional.empty();
    private String encoded = "";
    private int swaps;
    private int encodings;

    Experts(ScriptedTimes times, double price) {
      this.times = times;
      this.price = price;
    }

    synchronized void render(RenderOrder order) throws InterruptedException {
      JobKind kind = ScriptedTimes.kind(FakeServer.render(order));
      double seconds = ScriptedTimes.of(kind);
      if (loaded.isPresent() && loaded.get() != kind) {
        swaps++;
        seconds += price;
      }
      loaded = Optional.of(kind);
      String chunk =
          order.job().work() + " " + FakeServer.render(order).values().get("start_frame");
      if (!encoded.equals(chunk)) {
        encodings++;
        seconds += ENCODINGS;
      }
      encoded = chunk;
      times.spend(kind, seconds);
    }
  }
}
