package dev.promptrunner.execution;

import static dev.promptrunner.testing.Plans.settings;
import static dev.promptrunner.testing.Plans.work;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.ByteSize;
import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.plan.CombineMode;
import dev.promptrunner.plan.JobOrder;
import dev.promptrunner.plan.PlanSettings;
import dev.promptrunner.plan.VideoWork;
import dev.promptrunner.testing.ExecutionBench;
import dev.promptrunner.testing.FakeServer;
import dev.promptrunner.workflow.Pass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does on a disk that fills up and is emptied again. */
@Timeout(60)
class DiskGuardTest {
  private static final long PLENTY = 1_000_000_000_000L;

  @TempDir Path root;
  private final FakeServer server = new FakeServer("one");
  private ExecutionBench bench;

  @BeforeEach
  void prepare() {
    bench = new ExecutionBench(root, server);
  }

  @Test
  void below_the_floor_it_pauses_says_what_to_do_and_goes_on_when_there_is_room() throws Exception {
    bench.freeDisk = 1_000_000_000;
    bench.sleeper =
        pause -> {
          bench.slept.add(pause);
          bench.freeDisk = bench.slept.size() < 3 ? 1_000_000_000 : 5_000_000_000L;
        };
    VideoWork work = work("walk", 100, hundred());

    Outcome outcome = bench.run(work);

    assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.Paused.class))
        .singleElement()
        .satisfies(
            paused -> {
              assertThat(paused.reason())
                  .isEqualTo(
                      "%s has 1.0 GB free, %s/job_001 needs 2.0 GB (disk.floor is 2.0 GB)"
                          .formatted(root, work.id()));
              assertThat(paused.remedy())
                  .isEqualTo(
                      ("free some space there ('du -xh %s | sort -h | tail' tells what takes it):"
                              + " jobs begin again by themselves; the run ends after 10 min without"
                              + " work (disk.patience), and the same command goes on then")
                          .formatted(root));
            });
    assertThat(bench.events.of(RunEvent.Resumed.class))
        .extracting(RunEvent.Resumed::reason)
        .containsExactly(root + " has 5.0 GB free again");
    assertThat(bench.slept)
        .startsWith(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
  }

  @Test
  void nobody_makes_room_and_after_its_patience_the_run_ends() throws Exception {
    bench.freeDisk = 1_000_000_000;

    Outcome outcome = bench.run(work("walk", 100, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.DISK_FULL);
    assertThat(server.rendered).isEmpty();
    Duration waited = bench.slept.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(waited).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    assertThat(bench.slept).last().isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void a_job_is_held_back_when_one_like_it_wrote_more_than_there_is_room_for() throws Exception {
    bench.settings = floor(1_000);
    bench.freeDisk = PLENTY;
    server.script(
        (order, _) -> {
          if (FakeServer.render(order).pass() == Pass.COMBINE_FIRST) {
            // The first HIGH wrote some hundred bytes.
            bench.freeDisk = 1_050;
          }
        });
    bench.sleeper = _ -> bench.freeDisk = PLENTY;
    VideoWork work = work("walk", 200, hundred());

    assertThat(bench.run(work).count(Outcome.State.DONE)).isEqualTo(1);

    assertThat(bench.events.of(RunEvent.Paused.class))
        .singleElement()
        .satisfies(
            paused ->
                assertThat(paused.reason())
                    .contains("1.1 kB free", work.id() + "/job_003 needs ", "disk.floor is 1.0 kB")
                    .doesNotContain("needs 1.0 kB"));
  }

  @Test
  void what_is_superseded_goes_before_the_run_pauses_other_works_files_too() throws Exception {
    bench.keepAll();
    VideoWork earlier = work("earlier", 200, hundred());
    bench.run(earlier);
    Path segment = root.resolve("videos/earlier/earlier_job_002.mp4");
    assertThat(segment).exists();

    bench.settings = ExecutionSettings.defaults();
    bench.disk = () -> Files.exists(segment) ? 1_000 : PLENTY;
    Outcome outcome = bench.run(work("later", 100, hundred()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.Paused.class)).isEmpty();
    assertThat(root.resolve("latents/earlier")).isEmptyDirectory();
    assertThat(root.resolve("final/earlier_final.mp4")).exists();
    int rendered = server.rendered.size();
    bench.run(earlier);
    assertThat(server.rendered).as("it is still done").hasSize(rendered);
  }

  @Test
  void nothing_is_cleaned_of_a_work_whose_final_video_cannot_be_proven() throws Exception {
    bench.keepAll();
    bench.run(work("earlier", 200, hundred()));
    Path segment = root.resolve("videos/earlier/earlier_job_002.mp4");
    Files.writeString(root.resolve("final/earlier_final.mp4"), "damaged");

    bench.settings = ExecutionSettings.defaults();
    bench.freeDisk = 1_000;
    bench.run(work("later", 100, hundred()));

    assertThat(segment).exists();
  }

  @Test
  void keep_means_keep_whatever_the_disk_says() throws Exception {
    bench.keepAll();
    bench.run(work("earlier", 200, hundred()));
    bench.freeDisk = 1_000;

    bench.run(work("later", 100, hundred()));

    assertThat(root.resolve("videos/earlier/earlier_job_002.mp4")).exists();
  }

  @Test
  void a_disk_that_ends_in_the_middle_of_a_job_is_waited_for_and_no_half_file_stays()
      throws Exception {
    bench.settings = floor(0);
    bench.freeDisk = 5_000_000;
    server.script(
        (order, tries) -> {
          if (FakeServer.render(order).pass() == Pass.LOW && tries == 1) {
            writeHalf(order.staging());
            throw new FailureException(
                new Failure.Disk("fetching it", "no space left on device", "free some space"));
          }
        });
    bench.sleeper =
        pause -> {
          bench.slept.add(pause);
          bench.freeDisk = bench.slept.size() < 4 ? 5_000_000 : 7_000_000;
        };

    Outcome outcome = bench.run(work("walk", 100, hundred()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .singleElement()
        .satisfies(failed -> assertThat(failed.failure()).isEqualTo("Disk"))
        .satisfies(failed -> assertThat(failed.willRetry()).isTrue());
    assertThat(bench.events.of(RunEvent.Paused.class)).hasSize(1);
    assertThat(bench.events.of(RunEvent.Resumed.class)).hasSize(1);
    assertThat(root.resolve(".staging")).isEmptyDirectory();
  }

  @Test
  void a_disk_that_is_full_again_and_again_is_no_failed_try_of_the_job() throws Exception {
    bench.settings = floor(0);
    bench.freeDisk = 5_000_000;
    AtomicInteger full = new AtomicInteger();
    server.script(
        (order, _) -> {
          if (FakeServer.render(order).pass() == Pass.LOW && full.incrementAndGet() <= 6) {
            throw new FailureException(
                new Failure.Disk("fetching it", "no space left on device", "free some space"));
          }
        });
    bench.sleeper = _ -> bench.freeDisk += 8_000_000;

    Outcome outcome = bench.run(work("walk", 100, hundred()));

    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.JobFailed.class))
        .hasSize(6)
        .allSatisfy(failed -> assertThat(failed.willRetry()).isTrue())
        .allSatisfy(
            failed ->
                assertThat(failed.remedy())
                    .isEqualTo("when the disk has room; if it fails again: free some space"));
    assertThat(bench.freeDisk)
        .as("each time it waits for twice as much more")
        .isGreaterThan(5_000_000 + 1_000_000 * (1 + 2 + 4 + 8 + 16 + 32));
  }

  @Test
  void one_jobs_own_quota_on_a_disk_with_plenty_of_room_does_not_stop_the_others()
      throws Exception {
    bench.freeDisk = PLENTY;
    VideoWork poor = work("poor", 100, hundred());
    server.script(
        (order, _) -> {
          if (order.job().work().equals(poor.id())) {
            throw new FailureException(
                new Failure.Disk("writing it", "disk quota exceeded", "raise the quota"));
          }
        });

    Outcome outcome = bench.run(poor, work("rich", 100, hundred()));

    assertThat(outcome.end()).isEqualTo(Outcome.End.FINISHED);
    assertThat(outcome.count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(outcome.count(Outcome.State.FAILED)).isEqualTo(1);
    assertThat(bench.events.of(RunEvent.Paused.class)).isEmpty();
  }

  @Test
  void an_upload_needs_no_room_and_goes_on() throws Exception {
    PlanSettings delivering = settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, true);
    VideoWork work = work("walk", 100, delivering);
    server.script(
        (order, _) -> {
          if (FakeServer.render(order).pass() == Pass.COMBINE_FIRST) {
            bench.freeDisk = 1_000;
          }
        });

    assertThat(bench.run(work).count(Outcome.State.DONE)).isEqualTo(1);
    assertThat(bench.delivered).containsExactly(work.id());
  }

  private static void writeHalf(Path staging) {
    try {
      Files.createDirectories(staging);
      Files.writeString(staging.resolve("half.mp4"), "half");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static ExecutionSettings floor(long bytes) {
    return new ExecutionSettings(
        3,
        Duration.ofSeconds(2),
        1,
        1,
        new DiskLimits(new ByteSize(bytes), Duration.ofMinutes(10)),
        false,
        33);
  }

  private static PlanSettings hundred() {
    return settings(100, 0, CombineMode.WORKFLOW, JobOrder.ADJACENT, false);
  }
}
