package dev.promptrunner.execution;

import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Videos that wait for an object store. */
@Timeout(60)
class UndeliveredTest {
  @TempDir Path root;
  private final FakeServer server = new FakeServer("one");
  private final List<String> tried = new CopyOnWriteArrayList<>();

  @Test
  void what_failed_while_the_store_was_away_is_delivered_when_a_later_video_arrives()
      throws Exception {
    CountDownLatch failed = new CountDownLatch(3);
    VideoWork early = work("early", 100, delivering());
    VideoWork late = work("late", 100, delivering());
    server.script(
        (order, _) -> {
          if (order.job().work().equals(late.id())) {
            failed.await();
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        work -> {
          tried.add(work.name());
          if (failed.getCount() > 0) {
            failed.countDown();
            throw new FailureException(away(work));
          }
        });

    Outcome outcome = bench.run(early, late);

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(2);
    assertThat(tried).containsExactly("early", "early", "early", "late", "early");
    assertThat(bench.delivered).containsExactly(late.id(), early.id());
    assertThat(bench.events.of(RunEvent.WorkFailed.class)).isEmpty();
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .last()
        .satisfies(last -> assertThat(last.willRetry()).isTrue())
        .satisfies(
            last ->
                assertThat(last.remedy())
                    .isEqualTo(
                        "when the object store takes another video, and once more before the run"
                            + " ends; if it fails again: wait"));
    assertThat(bench.events.of(RunEvent.Warning.class))
        .extracting(RunEvent.Warning::message)
        .containsExactly(
            "delivering early: no answer; finished videos are kept, and delivered when the store"
                + " takes one again, or by the next 'run'");
  }

  @Test
  void each_is_tried_once_more_before_the_run_ends() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        work -> {
          tried.add(work.name());
          if (tried.size() <= 3) {
            throw new FailureException(away(work));
          }
        });

    Outcome outcome = bench.run(work("walk", 100, delivering()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(tried).hasSize(4);
  }

  @Test
  void a_store_that_stays_away_holds_the_pod_for_few_tries_however_many_videos_wait()
      throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        work -> {
          tried.add(work.name());
          throw new FailureException(away(work));
        });
    VideoWork[] works =
        IntStream.range(0, 20)
            .mapToObj(at -> work("walk" + at, 100, delivering()))
            .toArray(VideoWork[]::new);
    // Rendered before; only their deliveries are left.
    bench.run(Stream.of(works).map(UndeliveredTest::undelivered).toArray(VideoWork[]::new));

    Outcome outcome = bench.run(works);

    assertThat(outcome.count(Outcome.State.DELIVERY_FAILED)).isEqualTo(20);
    assertThat(tried).hasSizeLessThanOrEqualTo(8);
    assertThat(bench.events.of(RunEvent.WorkFailed.class))
        .hasSize(20)
        .last()
        .satisfies(
            failed ->
                assertThat(failed.found())
                    .startsWith("delivering walk")
                    .contains(": not tried, because delivering walk")
                    .endsWith(" failed: no answer"));

    bench.delivery(_ -> {});
    int rendered = server.rendered.size();
    assertThat(bench.run(works).count(Outcome.State.DONE)).isEqualTo(20);
    assertThat(server.rendered).hasSize(rendered);
  }

  @Test
  void one_videos_own_trouble_does_not_keep_the_others_from_the_store() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        work -> {
          tried.add(work.name());
          if (work.name().equals("bad")) {
            throw new FailureException(new Failure.Transient("reading", "locked", "wait"));
          }
        });

    Outcome outcome = bench.run(work("bad", 100, delivering()), work("good", 100, delivering()));

    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.DELIVERY_FAILED, Outcome.State.DONE);
    assertThat(bench.events.of(RunEvent.Warning.class)).isEmpty();
  }

  @Test
  void a_refusal_gets_no_further_round() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        work -> {
          tried.add(work.name());
          throw new FailureException(new Failure.Rejected("uploading", "403", "grant access"));
        });

    Outcome outcome = bench.run(work("walk", 100, delivering()));

    assertThat(outcome.count(Outcome.State.DELIVERY_FAILED)).isEqualTo(1);
    assertThat(tried).hasSize(1);
  }

  private static Failure away(VideoWork work) {
    return new Failure.Store("delivering " + work.name(), "no answer", "wait");
  }

  private static VideoWork undelivered(VideoWork work) {
    return work(work.name(), 100, settings(100, 0, CombineMode.COPY, JobOrder.ADJACENT, false));
  }

  private static PlanSettings delivering() {
    return settings(100, 0, CombineMode.COPY, JobOrder.ADJACENT, true);
  }
}
