package dev.promptrunner.bench;

import dev.promptrunner.plan.Job;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.FakeServer;
import java.util.List;

/**
 * What of combining, cutting references and uploading is hidden behind rendering: 4 videos of 6
 * chunks with scripted times on one server, scheduled, against strictly one thing after the other.
 *
 * <p>Argument: real seconds for each scripted one (0.05 unless given).
 */
public final class OverlapBench {
  private static final int VIDEOS = 4;
  private static final int CHUNKS = 6;
  private static final double MOST_ABOVE_BUSY = 3;

  private OverlapBench() {}

  public static void main(String[] args) throws Exception {
    double scale = args.length > 0 ? Double.parseDouble(args[0]) : 0.05;
    Marks marks = new Marks();
    try (BenchFolder folder = BenchFolder.open("overlap")) {
      scheduled(new BenchFolder(folder.path().resolve("warm")), JobOrder.ADJACENT, 0.0001);
      double serial = serial(scale);
      marks.say("overlap: %d videos of %d chunks, %.3f s for a second", VIDEOS, CHUNKS, scale);
      for (JobOrder order : JobOrder.values()) {
        Result result = scheduled(new BenchFolder(folder.path().resolve("" + order)), order, scale);
        marks.say(
            "  %s: %.2f s, of which the server was busy %.2f s; one after the other %.2f s: %.2fx",
            order, result.seconds(), result.busy(), serial, serial / result.seconds());
        double above = 100 * (result.seconds() / result.busy() - 1);
        marks.atMost("overlap: " + order + " above busy time", above, MOST_ABOVE_BUSY, "%");
      }
    }
    marks.exit();
  }

  private record Result(double seconds, double busy) {}

  private static Result scheduled(BenchFolder root, JobOrder order, double scale) throws Exception {
    ScriptedTimes times = new ScriptedTimes(scale);
    FakeServer server =
        new FakeServer("server")
            .script((sent, _) -> times.spend(ScriptedTimes.kind(FakeServer.render(sent))));
    List<VideoWork> works = ScriptedRun.works(VIDEOS, CHUNKS, order);
    double seconds = new ScriptedRun(times).seconds(root.path(), server, works, order);
    return new Result(seconds, times.server());
  }

  private static double serial(double scale) throws InterruptedException {
    ScriptedTimes times = new ScriptedTimes(scale);
    long start = System.nanoTime();
    for (VideoWork work : ScriptedRun.works(VIDEOS, CHUNKS, JobOrder.ADJACENT)) {
      for (Job job : work.jobs()) {
        times.spend(job.kind());
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
