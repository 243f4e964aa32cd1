package dev.promptrunner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.testing.Plans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A day and a night of rendering by a clock that only pauses move. */
@Timeout(120)
class DayTest {
  private static final Instant START = Instant.parse("2026-11-21T18:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration RENDER = Duration.ofMinutes(6);
  private static final int FRAMES = 16;
  private static final int WORKS = 40;

  /** HIGH, LOW and combine of two chunks each. */
  private static final int RENDERS = WORKS * 6;

  @TempDir Path root;
  private final Time time = new Time();

  /** Whoever sleeps moves the time to where the pause ends; sleeps at the same time overlap. */
  private static final class Time implements InstantSource, Sleeper {
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public void sleep(Duration pause) {
      Instant due = instant().plus(pause);
      now.accumulateAndGet(due, (a, b) -> a.isAfter(b) ? a : b);
    }

    Duration passed() {
      return Duration.between(START, instant());
    }
  }

  /** From, and until when, after the start. */
  private record Outage(Duration from, Duration until) {
    static Outage at(int hour, int minutes) {
      return new Outage(Duration.ofHours(hour), Duration.ofHours(hour).plusMinutes(minutes));
    }

    boolean covers(Duration time) {
      return time.compareTo(from) >= 0 && time.compareTo(until) < 0;
    }
  }

  /** A server that is away at two hours of the night and fails by count in between. */
  private final class Night implements Renderer {
    private final List<Outage> outages = List.of(Outage.at(3, 20), Outage.at(11, 70));
    private final AtomicInteger sent = new AtomicInteger();
    private final FakeServer server = new FakeServer("gpu");

    @Override
    public Rendering render(RenderOrder order, Progress progress)
        throws FailureException, InterruptedException {
      fail(order, sent.incrementAndGet());
      time.sleep(RENDER);
      if (outage().isPresent()) {
        throw new FailureException(
            new Failure.ServerLost("following " + order.job(), "refused", "start it"));
      }
      return server.render(order, progress);
    }

    private void fail(RenderOrder order, int number) throws FailureException {
      String job = "running " + order.job();
      switch (number % 60) {
        case 17 -> throw new FailureException(new Failure.Transient(job, "503", "wait"));
        case 29 -> throw new FailureException(new Failure.OutOfMemory(job, "no memory", "free"));
        case 41 -> {
          time.sleep(Duration.ofMinutes(15));
          throw new FailureException(new Failure.Stalled(job, "it stands still", "restart"));
        }
        case 53 -> throw new FailureException(new Failure.BadOutput(job, "too short", "again"));
        default -> {
          // This one goes well.
        }
      }
    }

    private Optional<Outage> outage() {
      return outages.stream().filter(outage -> outage.covers(time.passed())).findFirst();
    }

    @Override
    public void awaitReady() {
      outage().ifPresent(outage -> time.sleep(outage.until().minus(time.passed())));
    }

    @Override
    public String name() {
      return server.name();
    }

    @Override
    public boolean takes(JobKind kind) {
      return true;
    }

    @Override
    public String clientId() {
      return server.clientId();
    }

    @Override
    public void forget(String promptId) {
      server.forget(promptId);
    }

    @Override
    public void cancel(String promptId) {
      server.cancel(promptId);
    }

    @Override
    public void freeMemory() {
      server.freeMemory();
    }

    @Override
    public boolean restart(String why) {
      return server.restart(why);
    }
  }

  @Test
  void a_day_with_failures_and_outages_ends_with_every_video_delivered_once() throws Exception {
    Night night = new Night();
    ExecutionBench bench = new ExecutionBench(root, night);
    bench.clock = time;
    bench.sleeper = time;
    Outage storeDown = Outage.at(7, 3);
    bench.delivery(
        work -> {
          if (storeDown.covers(time.passed())) {
            time.sleep(Duration.ofMinutes(2));
            throw new FailureException(
                new Failure.Transient("delivering " + work.id(), "503", "wait"));
          }
        });

    Outcome outcome = bench.run(works());

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(WORKS);
    assertThat(bench.delivered).hasSize(WORKS).doesNotHaveDuplicates();
    assertThat(night.server.rendered).hasSize(RENDERS).doesNotHaveDuplicates();
    assertThat(time.passed()).isBetween(DAY, DAY.plusHours(6));
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .allSatisfy(failed -> assertThat(failed.willRetry()).isTrue())
        .extracting(RunEvent.JobFailed::failure)
        .contains("Transient", "OutOfMemory", "Stalled", "BadOutput", "ServerLost");
  }

  private static VideoWork[] works() {
    PlanSettings settings =
        Plans.settings(FRAMES / 2, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, true);
    return IntStream.range(0, WORKS)
        .mapToObj(at -> Plans.work("night" + at, FRAMES, settings))
        .toArray(VideoWork[]::new);
  }
}
