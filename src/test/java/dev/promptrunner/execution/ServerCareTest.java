package dev.promptrunner.execution;

import static dev.promptrunner.testing.Generations.generation;
import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.Generation;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.testing.TextVideos;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done about servers that go away, fail or grow, seen from outside. */
@Timeout(60)
class ServerCareTest {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);

  /** When every run of the bench is. */
  private static final Instant AT = Instant.parse("2026-11-21T09:30:15Z");

  @TempDir Path root;
  private final FakeServer one = new FakeServer("one");
  private final FakeServer two = new FakeServer("two");

  @Test
  void a_server_whose_jobs_keep_failing_is_taken_out_and_the_other_takes_them() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    one.script(
        (_, _) -> {
          tries.incrementAndGet();
          throw new FailureException(broken());
        });
    ExecutionBench bench = new ExecutionBench(root, one, two);
    bench.sleeper = outForGood(bench);
    VideoWork work = work("walk", 250, hundred());

    Outcome outcome = bench.run(work);

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(tries).hasValue(2);
    assertFinal(work, 250);
    assertThat(bench.events.of(RunEvent.ServerDown.class))
        .singleElement()
        .satisfies(
            down -> {
              assertThat(down.server()).isEqualTo("one");
              assertThat(down.found())
                  .isEqualTo("its last 2 jobs failed, the latest with Transient: CUDA error");
              assertThat(down.action())
                  .isEqualTo(
                      "other servers take its jobs, if there are any; in 5 s it gets one to see"
                          + " whether it works again");
            });
    assertThat(bench.events.of(RunEvent.ServerUp.class)).isEmpty();
  }

  /** A server that is out stays out until the run is over. */
  private static dev.promptrunner.base.Sleeper outForGood(ExecutionBench bench) {
    return pause -> {
      bench.slept.add(pause);
      if (pause.equals(FIRST_WAIT)) {
        new CountDownLatch(1).await();
      }
    };
  }

  @Test
  void the_only_server_gets_one_job_to_show_that_it_works_again() throws Exception {
    failing(one, 2);
    ExecutionBench bench = new ExecutionBench(root, one);
    VideoWork work = work("walk", 250, hundred());

    Outcome outcome = bench.run(work);

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertFinal(work, 250);
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("on probation");
  }

  @Test
  void a_server_that_fails_its_probe_stays_out_for_longer_each_time() throws Exception {
    failing(one, 4);
    ExecutionBench bench = new ExecutionBench(root, one);
    bench.settings =
        new ExecutionSettings(9, Duration.ofMillis(1), 1, 1, bench.settings.disk(), false, 33);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.slept)
        .filteredOn(pause -> pause.compareTo(Duration.ofSeconds(1)) > 0)
        .containsExactly(FIRST_WAIT, Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  @Test
  void after_a_job_that_went_well_the_next_time_out_is_short_again() throws Exception {
    one.script(
        (order, tries) -> {
          if (order.job().label().startsWith("job") && tries < 3) {
            throw new FailureException(broken());
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.slept).filteredOn(FIRST_WAIT::equals).hasSize(2);
    assertThat(bench.slept).doesNotContain(Duration.ofSeconds(10));
  }

  @Test
  void bad_prompt_files_never_take_a_server_out() throws Exception {
    one.script(
        (order, _) -> {
          if (order.job().work().startsWith("bad")) {
            throw new FailureException(new Failure.Rejected("sending", "no such node", "install"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    bench.run(
        IntStream.range(0, 5)
            .mapToObj(i -> work("bad" + i, 50, hundred()))
            .toArray(VideoWork[]::new));

    assertThat(bench.events.of(RunEvent.WorkFailed.class)).hasSize(5);
    assertThat(bench.events.of(RunEvent.ServerDown.class)).isEmpty();
  }

  @Test
  void runs_whose_values_a_node_cannot_bear_never_take_a_server_out() throws Exception {
    one.script(
        (order, _) -> {
          if (!order.job().work().contains("006")) {
            throw new FailureException(
                order.job().work().contains("005")
                    ? new Failure.OutOfMemory("rendering", "CUDA out of memory", "smaller")
                    : new Failure.NodeFailed(
                        "rendering", "ValueError: strength 2.0", "see the log"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    Outcome outcome =
        bench.run(
            IntStream.rangeClosed(1, 6)
                .mapToObj(i -> generation("00" + i, i))
                .toArray(Generation[]::new));

    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(5);
    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.ServerDown.class)).isEmpty();
  }

  /** It fails at once and would be free for the next run each time. */
  @Test
  void a_server_whose_nodes_fail_where_anothers_do_not_is_taken_out_and_costs_no_run()
      throws Exception {
    CountDownLatch twice = new CountDownLatch(2);
    one.script(
        (_, _) -> {
          twice.countDown();
          throw new FailureException(
              new Failure.NodeFailed("rendering", "RuntimeError: cuDNN", "see the log"));
        });
    two.script((_, _) -> twice.await());
    ExecutionBench bench = new ExecutionBench(root, one, two);
    bench.sleeper = outForGood(bench);

    Outcome outcome =
        bench.run(
            IntStream.rangeClosed(1, 9)
                .mapToObj(i -> generation("00" + i, i))
                .toArray(Generation[]::new));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(9);
    assertThat(bench.events.of(RunEvent.ServerDown.class))
        .singleElement()
        .extracting(RunEvent.ServerDown::server)
        .isEqualTo("one");
  }

  @Test
  void a_server_on_which_the_nodes_of_prompt_files_keep_failing_is_taken_out() throws Exception {
    one.script(
        (_, tries) -> {
          if (tries < 3) {
            throw new FailureException(
                new Failure.NodeFailed("rendering", "RuntimeError: cuDNN", "see the log"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    bench.run(work("walk", 50, hundred()));

    assertThat(bench.events.of(RunEvent.ServerDown.class)).isNotEmpty();
  }

  @Test
  void a_probe_that_was_a_bad_prompt_file_proves_nothing_and_the_next_job_is_the_probe()
      throws Exception {
    one.script(
        (order, tries) -> {
          if (order.job().work().startsWith("a_") && tries < 3) {
            throw new FailureException(broken());
          }
          if (order.job().work().startsWith("a_")) {
            throw new FailureException(new Failure.Rejected("sending", "no such node", "install"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    Outcome outcome = bench.run(work("a", 50, hundred()), work("b", 50, hundred()));

    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.FAILED, Outcome.State.DONE);
  }

  @Test
  void a_server_that_went_away_is_told_of_and_told_again_when_it_is_back() throws Exception {
    one.script(
        (order, tries) -> {
          if (order.job().label().equals("job_002") && tries == 1) {
            throw new FailureException(
                new Failure.ServerLost("following", "connection refused", "start it again"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    bench.run(work("walk", 50, hundred()));

    assertThat(bench.events.of(RunEvent.ServerDown.class))
        .singleElement()
        .satisfies(
            down -> {
              assertThat(down.found()).isEqualTo("connection refused");
              assertThat(down.action())
                  .isEqualTo("it is waited for; its job is looked for when it is back");
            });
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("came back");
  }

  @Test
  void what_the_keeper_of_a_process_saw_is_told_once_and_in_its_words() throws Exception {
    AtomicReference<Execution> running = new AtomicReference<>();
    one.script(
        (order, tries) -> {
          if (order.job().label().equals("job_002") && tries == 1) {
            running.get().tell(down("one", "it ended with exit code 137"));
            running.get().tell(up("one"));
            throw new FailureException(
                new Failure.ServerLost("following", "it ended with exit code 137", "see its log"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, one);

    bench.run(running::set, work("walk", 50, hundred()));

    assertThat(bench.events.of(RunEvent.ServerDown.class))
        .containsExactly(down("one", "it ended with exit code 137"));
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("restarted");
  }

  @Test
  void the_end_of_a_server_without_a_job_costs_no_try() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, one);
    VideoWork work = work("walk", 50, hundred());

    bench.run(
        execution -> {
          execution.tell(down("one", "it ended with exit code 1"));
          execution.tell(down("one", "it ended with exit code 1"));
          execution.tell(down("nobody", "it ended with exit code 2"));
        },
        work);

    assertThat(bench.events.of(RunEvent.ServerDown.class))
        .containsExactly(down("one", "it ended with exit code 1"));
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("came back");
    assertThat(bench.events.of(RunEvent.JobFailed.class)).isEmpty();
    assertFinal(work, 50);
  }

  private static RunEvent.ServerDown down(String server, String found) {
    return new RunEvent.ServerDown(AT, server, found, "it is started again after 1 s");
  }

  private static RunEvent.ServerUp up(String server) {
    return new RunEvent.ServerUp(AT, server, "restarted", Duration.ofSeconds(9));
  }

  @Test
  void a_server_of_ours_that_does_not_come_back_is_started_anew() throws Exception {
    one.supervised()
        .neverComingBack()
        .script(
            (order, tries) -> {
              if (order.job().label().equals("job_002") && tries == 1) {
                throw new FailureException(
                    new Failure.ServerLost("following", "connection refused", "start it again"));
              }
            });
    ExecutionBench bench = new ExecutionBench(root, one);
    VideoWork work = work("walk", 50, hundred());

    bench.run(work);

    assertThat(one.restarts).containsExactly("no answer within 5 min");
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("restarted");
    assertFinal(work, 50);
  }

  @Test
  void a_server_whose_memory_grows_is_started_anew_between_two_jobs() throws Exception {
    one.supervised()
        .script(
            (order, _) -> {
              if (order.job().label().equals("job_001")) {
                one.wantingRestart("it holds 58 of 60 GB");
              }
            });
    ExecutionBench bench = new ExecutionBench(root, one);
    VideoWork work = work("walk", 50, hundred());

    bench.run(work);

    assertThat(one.restarts).containsExactly("it holds 58 of 60 GB");
    assertThat(bench.events.of(RunEvent.ServerDown.class))
        .singleElement()
        .satisfies(
            down -> {
              assertThat(down.found()).isEqualTo("it holds 58 of 60 GB");
              assertThat(down.action()).isEqualTo("it is started anew");
            });
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("restarted");
    assertThat(bench.events.of(RunEvent.JobFailed.class)).isEmpty();
    assertFinal(work, 50);
  }

  @Test
  void a_server_that_cannot_be_started_anew_is_asked_only_once() throws Exception {
    one.wantingRestart("it holds 58 of 60 GB");
    ExecutionBench bench = new ExecutionBench(root, one);
    VideoWork work = work("walk", 150, hundred());

    bench.run(work);

    assertThat(one.restarts).hasSize(1);
    assertThat(bench.events.of(RunEvent.ServerDown.class)).isEmpty();
    assertFinal(work, 150);
  }

  @Test
  void a_run_that_has_nothing_left_to_do_does_not_wait_for_a_server() throws Exception {
    one.script(
        (_, _) -> {
          throw new FailureException(broken());
        });
    ExecutionBench bench = new ExecutionBench(root, one);
    bench.settings =
        new ExecutionSettings(2, Duration.ofMillis(1), 1, 1, bench.settings.disk(), false, 33);
    bench.sleeper = outForGood(bench);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
  }

  private static void failing(FakeServer server, int times) {
    server.script(
        (order, tries) -> {
          if (order.job().label().equals("job_001") && tries <= times) {
            throw new FailureException(broken());
          }
        });
  }

  private static Failure broken() {
    return new Failure.Transient("rendering", "CUDA error", "look at its log");
  }

  private static PlanSettings hundred() {
    return settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, false);
  }

  private void assertFinal(VideoWork work, int frames) {
    assertThat(TextVideos.read(root.resolve(work.finalPath())))
        .isEqualTo(IntStream.range(0, frames * 2).mapToObj(i -> Integer.toString(i / 2)).toList());
  }
}
