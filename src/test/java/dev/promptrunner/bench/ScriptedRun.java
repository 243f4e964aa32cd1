package dev.promptrunner.bench;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.execution.Deliverer;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.ExecutionSettings;
import dev.promptrunner.execution.Frames;
import dev.promptrunner.execution.Joiner;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.execution.Ports;
import dev.promptrunner.execution.Progress;
import dev.promptrunner.execution.Renderer;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.store.RunRow;
import dev.promptrunner.store.Store;
import dev.promptrunner.testing.Plans;
import dev.promptrunner.testing.TextVideos;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Videos of several chunks through the real scheduler and the real store, with one server, CPU work
 * and an object store whose times are scripted.
 */
final class ScriptedRun {
  private static final int FRAMES = 81;

  private final TextVideos videos = new TextVideos();
  private final ScriptedTimes times;

  ScriptedRun(ScriptedTimes times) {
    this.times = times;
  }

  static List<VideoWork> works(int videos, int chunks, JobOrder order) {
    return IntStream.range(0, videos)
        .mapToObj(
            at ->
                Plans.work(
                    "video" + at,
                    chunks * FRAMES,
                    Plans.settings(FRAMES, 0, CombineMode.COPY, order, true)))
        .toList();
  }

  /** Returns the seconds from the start of the run to its end. */
  double seconds(Path root, Renderer server, List<VideoWork> works, JobOrder order)
      throws Exception {
    Instant now = Instant.now();
    try (Store store = Store.open(root, InstantSource.system(), ProcessHandle.current().pid())) {
      RunId run = RunId.of(now, 1);
      store.startRun(RunRow.started(run, "bench", now, "0", ProcessHandle.current().pid()));
      Execution execution =
          new Execution(
              root,
              new Ports(List.of(server), frames(), joiner(), new Upload(), () -> Long.MAX_VALUE),
              store,
              new Execution.RunContext(run, _ -> {}, InstantSource.system(), Sleeper.SYSTEM),
              ExecutionSettings.defaults(),
              order);
      works.forEach(execution::add);
      execution.noMore();
      long start = System.nanoTime();
      Outcome outcome = execution.run();
      double seconds = (System.nanoTime() - start) / 1e9;
      if (outcome.count(Outcome.State.DONE) != works.size()) {
        throw new IllegalStateException("not all done: " + outcome);
      }
      return seconds;
    }
  }

  private Frames frames() {
    return new Frames() {
      @Override
      public int count(Path video) throws FailureException {
        return videos.count(video);
      }

      @Override
      public int countResult(Path file) throws FailureException {
        return videos.countResult(file);
      }

      @Override
      public int countIndexed(Path video) throws FailureException {
        return videos.countIndexed(video);
      }

      @Override
      public void cut(Path video, int index, Path png) {
        spend(JobKind.REFERENCE);
        videos.cut(video, index, png);
      }
    };
  }

  private Joiner joiner() {
    return (pieces, target) -> {
      spend(JobKind.JOIN);
      videos.join(pieces, target);
    };
  }

  private void spend(JobKind kind) {
    try {
      times.spend(kind);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Upload implements Deliverer {
    @Override
    public String uri(VideoWork work) {
      return "test://bucket/" + work.id() + ".zip";
    }

    @Override
    public Receipt deliver(VideoWork work, Path finalVideo, Progress progress)
        throws InterruptedException {
      times.spend(JobKind.DELIVER);
      return new Receipt(uri(work), 1, Digest.of("x").hex(), false);
    }
  }
}
