package dev.promptrunner.execution;

import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WindDownTest {
  @TempDir Path root;
  private final FakeServer server = new FakeServer("one");
  private final AtomicReference<Execution> running = new AtomicReference<>();
  private final CountDownLatch never = new CountDownLatch(1);

  private static PlanSettings delivered() {
    return settings(100, 0, CombineMode.COPY, JobOrder.ADJACENT, true);
  }

  @Test
  void a_run_whose_every_job_is_refused_ends_and_the_next_one_renders_only_the_rest()
      throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork walk = work("walk", 300, delivered());
    bench.gate = _ -> server.rendered.size() < 3;

    Outcome outcome = bench.run(walk);

    assertThat(outcome.end()).isEqualTo(Outcome.End.LIMIT_REACHED);
    assertThat(outcome.count(Outcome.State.OPEN)).isEqualTo(1);
    assertThat(server.rendered).hasSize(3);

    bench.gate = Gate.OPEN;
    assertThat(bench.run(walk).count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(server.rendered).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void what_fits_is_begun_while_another_kind_does_not() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork walk = work("walk", 100, delivered());
    VideoWork jump = work("jump", 100, delivered());
    bench.gate =
        kind -> kind != JobKind.HIGH || server.rendered.stream().noneMatch(WindDownTest::isHigh);

    Outcome outcome = bench.run(walk, jump);

    assertThat(outcome.end()).isEqualTo(Outcome.End.LIMIT_REACHED);
    assertThat(bench.delivered).containsExactly(walk.id());
    assertThat(server.rendered).hasSize(2);
  }

  private static boolean isHigh(JobId job) {
    return job.label().equals("job_001");
  }

  @Test
  void the_job_under_way_is_left_on_its_server_and_what_is_finished_is_delivered()
      throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork walk = work("walk", 100, delivered());
    VideoWork jump = work("jump", 100, delivered());
    CountDownLatch uploading = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    bench.delivery(
        _ -> {
          uploading.countDown();
          left.await();
        });
    server.script(
        (order, _) -> {
          if (order.job().work().equals(jump.id())) {
            uploading.await();
            running.get().windDown(false);
            try {
              never.await();
            } finally {
              left.countDown();
            }
          }
        });

    Outcome outcome = bench.run(running::set, walk, jump);

    assertThat(outcome.end()).isEqualTo(Outcome.End.LIMIT_REACHED);
    assertThat(bench.delivered).containsExactly(walk.id());
    assertThat(server.cancelled).isEmpty();
    assertThat(bench.events.of(RunEvent.JobFailed.class)).isEmpty();
  }

  @Test
  void a_delivery_that_hangs_is_left_when_that_is_asked_for() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        _ -> {
          running.get().windDown(false);
          running.get().windDown(true);
          never.await();
        });

    Outcome outcome = bench.run(running::set, work("walk", 100, delivered()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.LIMIT_REACHED);
    assertThat(outcome.count(Outcome.State.OPEN)).isEqualTo(1);
    assertThat(bench.delivered).isEmpty();
  }

  @Test
  void what_another_thread_tells_is_announced_like_everything_else() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    RunEvent news = new RunEvent.LimitNear(Instant.EPOCH, "budget", 80, "$4.00 of $5.00");

    bench.run(execution -> execution.tell(news), work("walk", 100, delivered()));

    assertThat(bench.events.of(RunEvent.LimitNear.class)).isEqualTo(List.of(news));
  }
}
