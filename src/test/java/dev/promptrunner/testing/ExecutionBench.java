package dev.promptrunner.testing;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.execution.Deliverer;
import dev.promptrunner.execution.Execution;
import dev.promptrunner.execution.ExecutionSettings;
import dev.promptrunner.execution.Gate;
import dev.promptrunner.execution.Outcome;
import dev.promptrunner.execution.Ports;
import dev.promptrunner.execution.Progress;
import dev.promptrunner.execution.Renderer;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.plan.Work;
import dev.promptrunner.store.RunRow;
import dev.promptrunner.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An output root with everything that a run needs, on fakes but for the store, which is real. */
public final class ExecutionBench {
  private static final Instant START = Instant.parse("2026-11-21T09:30:15Z");

  public final Path root;
  public final List<Renderer> servers = new ArrayList<>();
  public final TextVideos videos = new TextVideos();
  public final List<String> delivered = new CopyOnWriteArrayList<>();
  public final List<Duration> slept = new CopyOnWriteArrayList<>();
  public RecordedEvents events = new RecordedEvents();
  public JobOrder order = JobOrder.ADJACENT;
  public ExecutionSettings settings = ExecutionSettings.defaults();

  /** Waits in no time. */
  public Sleeper sleeper = slept::add;

  public volatile long freeDisk = Long.MAX_VALUE;
  public Ports.DiskSpace disk = () -> freeDisk;
  public Gate gate = Gate.OPEN;

  /** The time of a run; it stands still unless a test gives another. */
  public InstantSource clock = InstantSource.fixed(START);

  /** Whether the run goes on waiting for work. */
  public boolean watches;

  private FailingDelivery delivery = _ -> {};
  private int runs;

  /** What happens before an archive is taken. */
  @FunctionalInterface
  public interface FailingDelivery {
    void before(VideoWork work) throws FailureException, InterruptedException;
  }

  public ExecutionBench(Path root, Renderer... servers) {
    this.root = root;
    this.servers.addAll(List.of(servers));
  }

  public void delivery(FailingDelivery script) {
    delivery = script;
  }

  public void keepAll() {
    settings = new ExecutionSettings(3, Duration.ofSeconds(2), 1, 1, settings.disk(), true, 33);
  }

  public void leastFrames(int frames) {
    settings =
        new ExecutionSettings(3, Duration.ofSeconds(2), 1, 1, settings.disk(), false, frames);
  }

  /** A whole run over these works, as one start of the program makes it. */
  public Outcome run(Work... works) throws Exception {
    return run(_ -> {}, works);
  }

  /** The same with something done to the execution before it starts. */
  public Outcome run(Consumer<Execution> before, Work... works) throws Exception {
    events = new RecordedEvents();
    try (Store store = Store.open(root, InstantSource.fixed(START), 4711)) {
      RunId run = RunId.of(START, ++runs);
      store.startRun(RunRow.started(run, "test", START, "0", 4711));
      Execution execution =
          new Execution(
              root,
              new Ports(servers, videos, videos, new Archive(), () -> disk.free()),
              store,
              new Execution.RunContext(run, events, clock, sleeper, gate),
              settings,
              order);
      List.of(works).forEach(execution::add);
      if (!watches) {
        execution.noMore();
      }
      before.accept(execution);
      return execution.run();
    }
  }

  private final class Archive implements Deliverer {
    @Override
    public String uri(VideoWork work) {
      return "test://bucket/" + work.id() + ".zip";
    }

    @Override
    public Receipt deliver(VideoWork work, Path finalVideo, Progress progress)
        throws FailureException, InterruptedException {
      delivery.before(work);
      TextVideos.read(finalVideo);
      delivered.add(work.id());
      return new Receipt(uri(work), 1, Digest.of("x").hex(), false);
    }
  }
}
