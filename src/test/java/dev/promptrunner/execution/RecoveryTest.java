package dev.promptrunner.execution;

import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.Candidate;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.Known;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.Planner;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.store.Store;
import dev.promptrunner.store.StoreReader;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.testing.Plans;
import dev.promptrunner.testing.TextVideos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What is done about jobs that fail, seen from outside. */
@Timeout(60)
class RecoveryTest {
  @TempDir Path root;
  private final FakeServer server = new FakeServer("one").supervised();

  @Test
  void a_job_that_lacks_memory_climbs_the_ladder_until_its_chunks_are_small_enough()
      throws Exception {
    server.script((order, _) -> outOfMemoryAbove(60, order));
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 500, hundred());

    Outcome outcome = bench.run(work);

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(finalFrames(work)).isEqualTo(numbers(500, 2));
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .extracting(RunEvent.JobFailed::willRetry)
        .containsExactly(true, true, true);
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .extracting(failed -> failed.remedy().replaceAll("[0-9.]+ s", "SOME s"))
        .containsExactly(
            "after SOME s, when its server has freed its models and caches; if it fails again:"
                + " smaller chunks",
            "after SOME s, when its server was started anew, if this program may; if it fails"
                + " again: smaller chunks",
            "in smaller chunks; if it fails again: smaller chunks");
    assertThat(server.freed).hasSize(1);
    assertThat(server.restarts).hasSize(1);
    assertThat(bench.events.of(RunEvent.Replanned.class))
        .singleElement()
        .satisfies(
            anew -> {
              assertThat(anew.framesPerChunk()).isEqualTo(49);
              assertThat(anew.jobs()).isEqualTo(43);
              assertThat(anew.reason())
                  .isEqualTo("OutOfMemory of " + work.id() + "/job_001: CUDA out of memory");
            });
  }

  @ParameterizedTest
  @EnumSource(CombineMode.class)
  void what_was_done_before_memory_ran_out_stays_and_the_rest_is_rendered_in_smaller_chunks(
      CombineMode mode) throws Exception {
    server.script(
        (order, _) -> {
          if (startOf(order) >= 100) {
            outOfMemoryAbove(60, order);
          }
        });
    VideoWork work = work("walk", 300, settings(100, 10, mode, JobOrder.ADJACENT, false));

    Outcome outcome = new ExecutionBench(root, server).run(work);

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(finalFrames(work)).isEqualTo(numbers(300, mode == CombineMode.COPY ? 1 : 2));
    assertThat(server.rendered.stream().filter(id -> id.label().equals("job_001"))).hasSize(1);
    assertThat(server.rendered.stream().filter(id -> id.label().equals("job_002"))).hasSize(1);
  }

  @Test
  void a_finished_first_pass_of_a_chunk_that_is_made_smaller_is_not_used_for_another_window()
      throws Exception {
    server.script(
        (order, _) -> {
          if (order.job().label().equals("job_004")) {
            outOfMemoryAbove(60, order);
          }
        });
    VideoWork work = work("walk", 300, hundred());

    new ExecutionBench(root, server).run(work);

    assertThat(finalFrames(work)).isEqualTo(numbers(300, 2));
    assertThat(server.rendered.stream().map(JobId::label).filter("job_003"::equals)).hasSize(2);
  }

  @Test
  void a_joining_job_that_lacks_memory_gets_smaller_segments() throws Exception {
    server.script(
        (order, _) -> {
          if (order.job().label().startsWith("combined")
              && (int) FakeServer.render(order).values().get("trim_frames") > 60) {
            throw new FailureException(memory());
          }
        });
    VideoWork work = work("walk", 150, hundred());

    new ExecutionBench(root, server).run(work);

    assertThat(finalFrames(work)).isEqualTo(numbers(150, 2));
  }

  @Test
  void at_the_least_frames_its_prompt_file_stops_and_the_others_go_on() throws Exception {
    server.script(
        (order, _) -> {
          if (order.job().work().startsWith("huge")) {
            throw new FailureException(memory());
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("huge", 150, hundred()), work("good", 150, hundred()));

    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.FAILED, Outcome.State.DONE);
    assertThat(bench.events.of(RunEvent.Replanned.class))
        .extracting(RunEvent.Replanned::framesPerChunk)
        .containsExactly(49, 33);
    assertThat(bench.events.of(RunEvent.WorkFailed.class)).hasSize(1);
  }

  @Test
  void chunks_stay_as_they_are_where_that_is_asked_for() throws Exception {
    server.script((order, _) -> outOfMemoryAbove(60, order));
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.leastFrames(0);

    Outcome outcome = bench.run(work("walk", 150, hundred()));

    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.Replanned.class)).isEmpty();
    assertThat(bench.events.of(RunEvent.JobFailed.class)).hasSize(3);
  }

  @Test
  void a_later_run_plans_the_same_smaller_chunks_and_renders_only_what_is_left() throws Exception {
    FakeServer small = new FakeServer("one").neverComingBack();
    small.script(
        (order, _) -> {
          if (startOf(order) >= 100) {
            outOfMemoryAbove(60, order);
          }
          if (startOf(order) >= 300) {
            throw new FailureException(lost());
          }
        });
    // Not this program's to start: once lost it is gone, with the smaller chunks under way.
    ExecutionBench bench = new ExecutionBench(root, small);
    bench.run(work("walk", 500, hundred()));

    FakeServer next = new FakeServer("two");
    VideoWork later = planned(500);
    bench.servers.set(0, next);
    bench.run(later);

    assertThat(later.layout()).hasToString("0:100 100:49");
    assertThat(finalFrames(later)).isEqualTo(numbers(500, 2));
    assertThat(next.rendered).extracting(JobId::label).doesNotContain("job_001", "job_003");
  }

  @Test
  void smaller_chunks_wait_until_no_other_job_of_the_prompt_file_runs() throws Exception {
    CountDownLatch lacking = new CountDownLatch(3);
    FakeServer combining = new FakeServer("two", EnumSet.of(JobKind.COMBINE));
    combining.script(
        (order, tries) -> {
          if (order.job().label().equals("combined_001") && tries == 1) {
            lacking.await();
          }
        });
    FakeServer rendering = new FakeServer("one", EnumSet.of(JobKind.HIGH, JobKind.LOW));
    rendering.script(
        (order, _) -> {
          if (startOf(order) >= 100 && frames(order) > 60) {
            lacking.countDown();
            throw new FailureException(memory());
          }
        });
    VideoWork work = work("walk", 300, hundred());

    Outcome outcome = new ExecutionBench(root, rendering, combining).run(work);

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(finalFrames(work)).isEqualTo(numbers(300, 2));
    assertThat(combining.rendered).doesNotHaveDuplicates();
  }

  @Test
  void a_job_that_stalls_again_gets_its_server_started_anew() throws Exception {
    server.script(
        (order, tries) -> {
          if (order.job().label().equals("job_001") && tries < 3) {
            throw new FailureException(new Failure.Stalled("following", "no step", "look"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 50, hundred());

    bench.run(work);

    assertThat(server.cancelled).hasSize(2);
    assertThat(server.restarts).containsExactly("Stalled of " + work.id() + "/job_001: no step");
    assertThat(bench.events.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .contains("restarted");
    assertThat(finalFrames(work)).isEqualTo(numbers(50, 2));
  }

  @Test
  void a_server_that_is_someone_elses_just_goes_on() throws Exception {
    FakeServer foreign = new FakeServer("foreign");
    foreign.script(
        (order, tries) -> {
          if (order.job().label().equals("job_001") && tries < 3) {
            throw new FailureException(memory());
          }
        });
    ExecutionBench bench = new ExecutionBench(root, foreign);
    VideoWork work = work("walk", 50, hundred());

    bench.run(work);

    assertThat(foreign.restarts).hasSize(1);
    assertThat(bench.events.of(RunEvent.ServerDown.class)).isEmpty();
    assertThat(finalFrames(work)).isEqualTo(numbers(50, 2));
  }

  @Test
  void a_bad_output_is_rendered_once_more_and_no_more() throws Exception {
    server.losingFrames(5);
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("walk", 100, hundred()));

    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .extracting(RunEvent.JobFailed::willRetry)
        .containsExactly(true, false);
  }

  @Test
  void a_black_segment_is_rendered_once_more() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.videos.flaws.add("it is black from its first frame to its last (check.black)");
    VideoWork work = work("walk", 50, hundred());

    bench.run(work);

    assertThat(server.rendered).extracting(JobId::label).filteredOn("job_002"::equals).hasSize(2);
    assertThat(server.freed).as("ComfyUI's caches hold the black one").hasSize(1);
    assertThat(finalFrames(work)).isEqualTo(numbers(50, 2));
  }

  @Test
  void a_segment_that_is_black_again_stops_its_prompt_file() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.videos.flaws.addAll(List.of("it is black", "it is black"));

    bench.run(work("walk", 50, hundred()));

    assertThat(bench.events.of(RunEvent.WorkFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.found()).endsWith("job_002: it is black");
              assertThat(failed.remedy())
                  .isEqualTo(
                      "look at the model files, the precision and the prompt; if it is meant to be"
                          + " so, switch the check off");
            });
  }

  @Test
  void a_job_that_someone_cancelled_is_not_tried_again() throws Exception {
    Outcome outcome =
        failingOnce(new Failure.Cancelled("following", "someone interrupted it", "run again"));

    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
    assertThat(server.rendered).isEmpty();
  }

  @Test
  void what_only_a_person_can_change_is_not_tried_again() throws Exception {
    assertThat(
            failingOnce(new Failure.Configuration("reading", "a bad key", "give another"))
                .results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.FAILED);
    assertThat(failingOnce(new Failure.Pod("asking", "no answer", "look at it")).results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.FAILED);
  }

  @Test
  void what_the_disk_or_the_store_refused_is_tried_again_after_a_pause() throws Exception {
    assertThat(failingOnce(new Failure.Disk("writing", "no space left", "make room")).results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.DONE);
    ExecutionBench bench = new ExecutionBench(root.resolve("delivering"), server);
    AtomicInteger tries = new AtomicInteger();
    bench.delivery(
        _ -> {
          if (tries.incrementAndGet() < 3) {
            throw new FailureException(new Failure.Store("uploading", "503", "wait"));
          }
        });

    Outcome outcome =
        bench.run(work("walk", 50, settings(100, 0, CombineMode.COPY, JobOrder.ADJACENT, true)));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.slept).hasSize(2);
  }

  @Test
  void what_was_behind_a_failure_is_logged_once() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger("dev.promptrunner.execution");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    server.script(
        (order, _) -> {
          if (order.job().work().startsWith("bad")) {
            throw new FailureException(
                new Failure.Rejected("sending", "no answer", "look"),
                new IOException("stream closed", new IllegalStateException("reset by peer")));
          }
        });
    try {
      new ExecutionBench(root, server).run(work("bad", 50, hundred()));
    } finally {
      log.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("reset by peer"))
        .singleElement()
        .asString()
        .endsWith(
            "job_001: behind the failure: java.io.IOException: stream closed <-"
                + " java.lang.IllegalStateException: reset by peer");
  }

  @Test
  void a_delivery_that_the_end_of_the_run_interrupted_has_not_failed() throws Exception {
    AtomicReference<Execution> running = new AtomicReference<>();
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        _ -> {
          running.get().cancel();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                new Failure.Cancelled("uploading", "the run was stopped", "run again"), e);
          }
        });

    Outcome outcome =
        bench.run(
            running::set,
            work("walk", 50, settings(100, 0, CombineMode.COPY, JobOrder.ADJACENT, true)));

    assertThat(outcome.end()).isEqualTo(Outcome.End.CANCELLED);
    assertThat(outcome.count(Outcome.State.OPEN)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.JobFailed.class)).isEmpty();
  }

  /** A run whose first job fails so when it is sent for the first time. */
  private Outcome failingOnce(Failure failure) throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    server.script(
        (_, _) -> {
          if (failed.compareAndSet(false, true)) {
            throw new FailureException(failure);
          }
        });
    Path folder = root.resolve(failure.kind());
    return new ExecutionBench(folder, server).run(work("walk", 50, hundred()));
  }

  private VideoWork planned(int frames) {
    StoreReader reader = Store.read(root).orElseThrow();
    Candidate candidate = Plans.candidate(Plans.prompt("walk", "walk", frames), frames + 8);
    return new Planner(Plans.recipe(), hundred())
        .plan(List.of(candidate), Known.of(reader.names(), reader.layouts()))
        .plan()
        .works()
        .getFirst();
  }

  private static int frames(RenderOrder order) {
    return (int) FakeServer.render(order).values().getOrDefault("frames", 0);
  }

  private static int startOf(RenderOrder order) {
    return (int) FakeServer.render(order).values().getOrDefault("start_frame", -1);
  }

  private static void outOfMemoryAbove(int frames, RenderOrder order) throws FailureException {
    if (frames(order) > frames) {
      throw new FailureException(memory());
    }
  }

  private static Failure memory() {
    return new Failure.OutOfMemory("rendering", "CUDA out of memory", "smaller chunks");
  }

  private static Failure lost() {
    return new Failure.ServerLost("following", "connection refused", "start it again");
  }

  private static PlanSettings hundred() {
    return settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, false);
  }

  private List<String> finalFrames(VideoWork work) {
    assertThat(root.resolve(work.finalPath())).matches(Files::isRegularFile);
    return TextVideos.read(root.resolve(work.finalPath()));
  }

  private static List<String> numbers(int frames, int times) {
    return IntStream.range(0, frames * times).mapToObj(i -> Integer.toString(i / times)).toList();
  }
}
