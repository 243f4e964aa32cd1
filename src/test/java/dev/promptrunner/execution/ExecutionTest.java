package dev.promptrunner.execution;

import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobKind;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.testing.TextVideos;
import dev.promptrunner.workflow.Pass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ExecutionTest {
  @TempDir Path root;
  private final FakeServer server = new FakeServer("one");

  @ParameterizedTest
  @CsvSource({"WORKFLOW,0", "WORKFLOW,10", "APPEND,0", "APPEND,10", "COPY,0", "COPY,10"})
  void the_final_video_has_every_frame_once_in_order(CombineMode mode, int overlap)
      throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 500, settings(100, overlap, mode, JobOrder.ADJACENT, false));

    Outcome outcome = bench.run(work);

    assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsOnly(Outcome.State.DONE);
    assertThat(finalFrames(work)).isEqualTo(numbers(500, mode == CombineMode.COPY ? 1 : 2));
    assertThat(server.rendered.stream().filter(id -> id.label().startsWith("job_"))).hasSize(10);
  }

  @Test
  void a_second_run_renders_nothing_and_says_so() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 250, hundred());
    bench.run(work);
    int before = server.rendered.size();

    Outcome outcome = bench.run(work);

    assertThat(server.rendered).hasSize(before);
    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.WorkStarted.class))
        .singleElement()
        .satisfies(started -> assertThat(started.reused()).isEqualTo(started.jobs()));
  }

  @Test
  void superseded_files_go_and_what_a_person_wants_stays() throws Exception {
    VideoWork work = work("walk", 250, hundred());
    new ExecutionBench(root, server).run(work);

    assertThat(files())
        .containsExactlyInAnyOrder(
            "combined/walk/walk_combined_003.mp4",
            "final/walk_final.mp4",
            "references/walk/walk_job_002_ref.png",
            "references/walk/walk_job_004_ref.png");
  }

  @Test
  void keep_leaves_every_artifact() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.keepAll();
    bench.run(work("walk", 150, hundred()));

    assertThat(files())
        .contains(
            "latents/walk/walk_job_001.latent",
            "videos/walk/walk_job_002.mp4",
            "combined/walk/walk_combined_001.mp4");
  }

  @Test
  void a_final_video_that_someone_changed_is_made_again() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 150, hundred());
    bench.run(work);
    Files.writeString(root.resolve(work.finalPath()), "damaged");

    bench.run(work);

    assertThat(finalFrames(work)).isEqualTo(numbers(150, 2));
  }

  @Test
  void with_several_videos_adjacent_order_finishes_one_after_the_other() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);

    bench.run(work("a", 150, hundred()), work("b", 150, hundred()));

    assertThat(labels()).startsWith("a job_001", "a job_002");
    assertThat(labels().indexOf("a job_004")).isLessThan(labels().indexOf("b job_004"));
  }

  @Test
  void wave_order_renders_all_highs_of_a_chunk_before_its_lows() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.order = JobOrder.WAVE;

    bench.run(work("a", 150, hundred()), work("b", 150, hundred()), work("c", 150, hundred()));

    assertThat(labels())
        .startsWith("a job_001", "b job_001", "c job_001", "a job_002", "b job_002", "c job_002");
  }

  @Test
  void a_server_limited_to_combining_takes_nothing_else() throws Exception {
    FakeServer combining = new FakeServer("two", EnumSet.of(JobKind.COMBINE));
    FakeServer rendering = new FakeServer("one", EnumSet.of(JobKind.HIGH, JobKind.LOW));
    ExecutionBench bench = new ExecutionBench(root, rendering, combining);
    VideoWork work = work("walk", 250, hundred());

    bench.run(work);

    assertThat(combining.rendered).extracting(JobId::label).allMatch(s -> s.startsWith("combined"));
    assertThat(rendering.rendered).extracting(JobId::label).allMatch(s -> s.startsWith("job"));
    assertThat(finalFrames(work)).isEqualTo(numbers(250, 2));
  }

  @Test
  void jobs_that_no_server_takes_end_the_run_with_a_word() throws Exception {
    FakeServer rendering = new FakeServer("one", EnumSet.of(JobKind.HIGH, JobKind.LOW));
    ExecutionBench bench = new ExecutionBench(root, rendering);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.SERVER_GONE);
    assertThat(bench.events.of(RunEvent.Warning.class))
        .extracting(RunEvent.Warning::message)
        .containsExactly(
            "jobs wait that none of the servers takes: check the passes each server is limited to");
  }

  @Test
  void a_transient_failure_is_tried_again_after_a_pause_that_grows() throws Exception {
    server.script(
        (order, tries) -> {
          if (order.job().label().equals("job_001") && tries < 3) {
            throw new FailureException(
                new Failure.Transient("sending job_001", "503", "wait a little"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 50, hundred());

    bench.run(work);

    assertThat(finalFrames(work)).isEqualTo(numbers(50, 2));
    List<Duration> pauses = new ArrayList<>(bench.slept);
    assertThat(pauses.remove(Duration.ofSeconds(5))).as("the server's own pause").isTrue();
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(1_600), Duration.ofMillis(2_400));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(3_200), Duration.ofMillis(4_800));
  }

  @Test
  void a_rejected_job_stops_its_own_prompt_file_at_once_and_the_others_go_on() throws Exception {
    server.script(
        (order, _) -> {
          if (order.job().work().startsWith("bad_")) {
            throw new FailureException(
                new Failure.Rejected("sending it", "unknown node class X", "install X"));
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("bad", 150, hundred()), work("good", 150, hundred()));

    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.FAILED, Outcome.State.DONE);
    assertThat(bench.events.of(RunEvent.WorkFailed.class))
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.found()).isEqualTo("sending it: unknown node class X");
              assertThat(failed.remedy()).isEqualTo("install X");
            });
    assertThat(bench.slept).isEmpty();
  }

  @Test
  void three_failures_are_enough() throws Exception {
    server.script(
        (_, _) -> {
          throw new FailureException(new Failure.Stalled("following", "no step", "look"));
        });
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("walk", 50, hundred()));

    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .extracting(RunEvent.JobFailed::willRetry)
        .containsExactly(true, true, false);
  }

  @Test
  void memory_is_freed_before_a_job_that_ran_out_of_it_is_tried_again() throws Exception {
    server.script(
        (order, tries) -> {
          if (order.job().label().equals("job_002") && tries == 1) {
            throw new FailureException(
                new Failure.OutOfMemory("rendering", "CUDA out of memory", "smaller chunks"));
          }
        });

    new ExecutionBench(root, server).run(work("walk", 50, hundred()));

    assertThat(server.freed).containsExactly("one");
  }

  @Test
  void what_a_failed_try_left_on_its_server_is_forgotten() throws Exception {
    Set<String> failed = new HashSet<>();
    server.script(
        (order, tries) -> {
          if (FakeServer.render(order).pass() == Pass.COMBINE_NEXT && tries == 1) {
            failed.add(order.promptId());
            throw new FailureException(new Failure.OutOfMemory("running", "no memory", "less"));
          }
        });

    new ExecutionBench(root, server).run(work("walk", 250, hundred()));

    assertThat(failed).hasSize(2);
    assertThat(server.forgotten).containsAll(failed).doesNotHaveDuplicates();
    assertThat(server.cancelled).isEmpty();
  }

  @Test
  void a_job_that_hangs_is_taken_off_its_server_before_another_try_queues_behind_it()
      throws Exception {
    Set<String> hung = new HashSet<>();
    server.script(
        (order, tries) -> {
          if (FakeServer.render(order).pass() == Pass.HIGH && tries == 1) {
            hung.add(order.promptId());
            throw new FailureException(new Failure.Stalled("following", "no step", "look"));
          }
        });

    new ExecutionBench(root, server).run(work("walk", 150, hundred()));

    assertThat(hung).hasSize(2);
    assertThat(server.cancelled).containsExactlyInAnyOrderElementsOf(hung);
  }

  @Test
  void a_job_on_a_server_that_was_lost_is_left_there_to_be_found_again() throws Exception {
    AtomicReference<String> left = new AtomicReference<>();
    server.script(
        (order, _) -> {
          if (left.compareAndSet(null, order.promptId())) {
            throw new FailureException(new Failure.ServerLost("following", "refused", "start it"));
          }
        });

    new ExecutionBench(root, server).run(work("walk", 50, hundred()));

    assertThat(server.cancelled).isEmpty();
    assertThat(server.forgotten).containsOnlyOnce(left.get());
  }

  @Test
  void a_job_whose_end_was_missed_is_adopted_when_the_server_is_back() throws Exception {
    server.script(
        (order, tries) -> {
          if (order.job().label().equals("job_002") && tries == 1) {
            server.finishSilently(order);
            throw new FailureException(
                new Failure.ServerLost("following", "connection refused", "start it again"));
          }
        });
    VideoWork work = work("walk", 150, hundred());

    new ExecutionBench(root, server).run(work);

    assertThat(server.adopted).extracting(JobId::label).containsExactly("job_002");
    assertThat(server.rendered).doesNotHaveDuplicates();
    assertThat(finalFrames(work)).isEqualTo(numbers(150, 2));
  }

  @Test
  void a_server_that_stays_away_ends_the_run_and_leaves_the_work_open() throws Exception {
    server
        .neverComingBack()
        .script(
            (order, _) -> {
              if (order.job().label().equals("job_003")) {
                throw new FailureException(
                    new Failure.ServerLost("following", "connection refused", "start it again"));
              }
            });
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("walk", 250, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.SERVER_GONE);
    assertThat(outcome.count(Outcome.State.OPEN)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.Warning.class))
        .extracting(RunEvent.Warning::message)
        .containsExactly("waiting for one: no answer within 5 min — start it and run again");
  }

  @Test
  void after_a_cancel_the_next_run_adopts_what_was_left_on_the_server() throws Exception {
    AtomicReference<Execution> running = new AtomicReference<>();
    server.script(
        (order, tries) -> {
          if (order.job().label().equals("job_003") && tries == 1) {
            running.get().cancel();
            try {
              new java.util.concurrent.CountDownLatch(1).await();
            } catch (InterruptedException e) {
              server.finishSilently(order);
              throw e;
            }
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 150, hundred());

    Outcome cancelled = bench.run(running::set, work);
    Outcome resumed = bench.run(work);

    assertThat(cancelled.end()).isEqualTo(Outcome.End.CANCELLED);
    assertThat(resumed.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(server.adopted).extracting(JobId::label).containsExactly("job_003");
    assertThat(server.rendered).doesNotHaveDuplicates();
    assertThat(finalFrames(work)).isEqualTo(numbers(150, 2));
  }

  @Test
  void a_job_left_by_a_prompt_file_that_has_changed_is_taken_off_the_server() throws Exception {
    AtomicReference<Execution> running = new AtomicReference<>();
    server.script(
        (order, _) -> {
          if (order.job().label().equals("job_001") && running.get() != null) {
            running.getAndSet(null).cancel();
            new java.util.concurrent.CountDownLatch(1).await();
          }
        });
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.run(running::set, work("walk", 150, hundred()));

    bench.run(work("walk", 140, hundred()));

    assertThat(server.cancelled).hasSize(1);
    assertThat(server.adopted).isEmpty();
  }

  @Test
  void a_changed_prompt_file_is_new_work_and_the_earlier_final_video_is_kept() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork before = work("walk", 150, hundred());
    VideoWork after = work("walk", 120, hundred());

    bench.run(before);
    bench.run(after);
    int rendered = server.rendered.size();
    bench.run(before);

    assertThat(finalFrames(after)).isEqualTo(numbers(120, 2));
    Path kept = root.resolve("final/walk_final_" + before.key().key8() + ".mp4");
    assertThat(TextVideos.read(kept)).isEqualTo(numbers(150, 2));
    assertThat(server.rendered).as("the earlier work is still proven").hasSize(rendered);
  }

  @Test
  void a_segment_that_lost_frames_fails_naming_both_numbers_and_nothing_is_joined()
      throws Exception {
    server.losingFrames(4);
    ExecutionBench bench = new ExecutionBench(root, server);

    Outcome outcome = bench.run(work("walk", 100, hundred()));

    assertThat(outcome.results().getFirst().failure().orElseThrow())
        .isInstanceOf(Failure.BadOutput.class)
        .satisfies(
            failure ->
                assertThat(failure.found()).isEqualTo("it has 97 frames, expected 100 to 101"));
    assertThat(files()).noneMatch(file -> file.startsWith("combined"));
    assertThat(bench.events.of(RunEvent.JobFailed.class)).hasSize(2);
  }

  @Test
  void surplus_frames_of_the_4n_plus_1_rule_may_be_missing() throws Exception {
    server.losingFrames(1);
    VideoWork work = work("walk", 100, hundred());

    new ExecutionBench(root, server).run(work);

    assertThat(finalFrames(work)).isEqualTo(numbers(100, 2));
  }

  @Test
  void what_breaks_because_the_run_ends_is_left_for_the_next_and_has_not_failed() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work =
        work("walk", 100, settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, true));
    AtomicReference<Execution> running = new AtomicReference<>();
    bench.delivery(
        _ -> {
          running.get().cancel();
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException _) {
            throw new NullPointerException("what a library makes of an interrupt");
          }
        });

    Outcome outcome = bench.run(running::set, work);

    assertThat(outcome.end()).isEqualTo(Outcome.End.CANCELLED);
    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.OPEN);
    assertThat(bench.events.of(RunEvent.JobFailed.class)).isEmpty();
    assertThat(bench.events.of(RunEvent.WorkFailed.class)).isEmpty();

    bench.delivery(_ -> {});
    assertThat(bench.run(work).count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.delivered).containsExactly(work.id());
  }

  @Test
  void a_full_disk_stops_before_another_job_is_begun() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.freeDisk = 1_000_000_000;

    Outcome outcome = bench.run(work("walk", 100, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.DISK_FULL);
    assertThat(server.rendered).isEmpty();
    assertThat(bench.events.of(RunEvent.Warning.class).getFirst().message())
        .isEqualTo(
            root
                + " has 1.0 GB free, the floor is 2.0 GB: no further job is begun; free some space,"
                + " or lower disk.floor, and run again");
  }

  @Test
  void a_final_video_that_cannot_be_delivered_is_kept_and_told_apart() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    bench.delivery(
        _ -> {
          throw new FailureException(
              new Failure.Rejected("uploading", "403 for bucket b", "grant access"));
        });
    PlanSettings delivering = settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, true);
    VideoWork work = work("walk", 100, delivering);

    Outcome outcome = bench.run(work);

    assertThat(outcome.count(Outcome.State.DELIVERY_FAILED)).isEqualTo(1);
    assertThat(finalFrames(work)).isEqualTo(numbers(100, 2));

    bench.delivery(_ -> {});
    assertThat(bench.run(work).count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.delivered).containsExactly(work.id());
  }

  @Test
  void what_was_delivered_is_not_delivered_again() throws Exception {
    ExecutionBench bench = new ExecutionBench(root, server);
    VideoWork work = work("walk", 100, settings(100, 0, CombineMode.COPY, JobOrder.WAVE, true));

    bench.run(work);
    bench.run(work);

    assertThat(bench.delivered).hasSize(1);
  }

  @Test
  void a_defect_in_one_job_does_not_end_the_night() throws Exception {
    server.script(
        (order, _) -> {
          if (order.job().work().startsWith("a_")) {
            throw new IllegalStateException("a defect");
          }
        });

    Outcome outcome =
        new ExecutionBench(root, server).run(work("a", 50, hundred()), work("b", 50, hundred()));

    assertThat(outcome.results())
        .extracting(Outcome.Result::state)
        .containsExactly(Outcome.State.FAILED, Outcome.State.DONE);
  }

  private static PlanSettings hundred() {
    return settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, false);
  }

  private List<String> labels() {
    return server.rendered.stream()
        .map(id -> id.work().substring(0, id.work().indexOf('_')) + " " + id.label())
        .toList();
  }

  private List<String> finalFrames(VideoWork work) {
    return TextVideos.read(root.resolve(work.finalPath()));
  }

  private static List<String> numbers(int frames, int times) {
    return IntStream.range(0, frames * times).mapToObj(i -> Integer.toString(i / times)).toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      return tree.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("state"))
          .toList();
    }
  }
}
