package dev.promptrunner.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final Instant AT = Instant.parse("2026-11-21T01:02:03Z");
  private static final RunId RUN = new RunId("r1");

  private final Wording wording = new Wording();

  private Notice told(RunEvent event) {
    return wording.notice(event).orElseThrow();
  }

  @Test
  void a_failed_prompt_file_is_told_with_its_remedy() {
    Notice notice =
        told(
            new RunEvent.WorkFailed(
                AT, "walk_1", "rendering walk_1/job_003: out of memory", "smaller chunks"));
    assertThat(notice.severity()).isEqualTo(Notice.Severity.ERROR);
    assertThat(notice.text())
        .isEqualTo(
            "walk_1 stopped, the other prompt files go on: rendering walk_1/job_003: out of"
                + " memory\n"
                + "What to do: smaller chunks");
  }

  @Test
  void a_finished_run_is_told_with_counts_and_cost() {
    told(new RunEvent.RunStarted(AT, RUN, "comfyui", 10, 70));
    assertThat(
            wording.notice(
                new RunEvent.Spent(
                    AT,
                    "",
                    Duration.ofMinutes(61),
                    Duration.ofSeconds(70),
                    Duration.ofSeconds(80),
                    1.234)))
        .isEmpty();
    Notice notice = told(new RunEvent.RunFinished(AT, RUN, 9, 1, Duration.ofMinutes(63), 1));
    assertThat(notice.severity()).isEqualTo(Notice.Severity.ERROR);
    assertThat(notice.text())
        .isEqualTo(
            "Run r1 finished in 1h 03m: 9 done, 1 failed, 1h 01m of GPU, idle 1m 10s, $1.23 — some"
                + " prompt files are not done; 'status' tells which, 'retry' takes them up");
  }

  @Test
  void a_pod_that_cannot_be_ended_is_an_error_of_the_pod() {
    told(new RunEvent.PodStopping(AT, "RunPod pod p1", "stop"));
    Notice notice =
        told(
            new RunEvent.Warning(
                AT, "RunPod pod p1", "could not be stopped: it costs $0.69 an hour"));
    assertThat(notice.kind()).isEqualTo(NoticeKind.POD);
    assertThat(notice.severity()).isEqualTo(Notice.Severity.ERROR);
    assertThat(notice.text()).contains("$0.69 an hour");
  }

  @Test
  void a_warning_of_anything_else_is_a_warning() {
    assertThat(told(new RunEvent.Warning(AT, "disk", "half full")))
        .satisfies(notice -> assertThat(notice.kind()).isEqualTo(NoticeKind.WARNING));
  }

  @Test
  void limits_pauses_servers_and_pods_are_told() {
    assertThat(
            List.of(
                told(new RunEvent.LimitNear(AT, "budget", 80, "$4.00 of $5.00")).text(),
                told(new RunEvent.Paused(AT, "the disk is full", "make room")).text(),
                told(new RunEvent.Resumed(AT, "12 GB are free")).text(),
                told(new RunEvent.ServerDown(AT, "gpu0", "exit code 137", "it is started again"))
                    .text(),
                told(new RunEvent.ServerUp(AT, "gpu0", "restarted", Duration.ofSeconds(41))).text(),
                told(new RunEvent.Delivered(AT, "walk_1", "gs://b/walk.zip", 12_300_000, false))
                    .text(),
                told(new RunEvent.PodStopping(AT, "p1", "stop")).text(),
                told(new RunEvent.PodStopped(AT, "p1", "EXITED")).text()))
        .containsExactly(
            "80 % of the budget used: $4.00 of $5.00",
            "No further job is begun: the disk is full\nWhat to do: make room",
            "Jobs are begun again: 12 GB are free",
            "Server gpu0 is down: exit code 137 — it is started again",
            "Server gpu0 restarted after 41 s",
            "walk_1 was delivered to gs://b/walk.zip (12.3 MB)",
            "Pod p1 is asked to stop",
            "Pod p1: its state is EXITED");
  }

  @Test
  void the_small_steps_of_a_run_are_not_told() {
    JobId job = new JobId("walk_1/job_001");
    assertThat(
            List.<RunEvent>of(
                new RunEvent.JobStarted(AT, job, "HIGH", "gpu0", 1, false),
                new RunEvent.JobProgress(AT, job, "KSampler", 1, 8),
                new RunEvent.JobDone(AT, job, "HIGH", Duration.ofSeconds(1), 0),
                new RunEvent.JobFailed(AT, job, "Transient", "x", "y", true),
                new RunEvent.ServerUp(AT, "gpu0", "started", Duration.ZERO),
                new RunEvent.Delivered(AT, "walk_1", "gs://b/walk.zip", 1, true)))
        .allSatisfy(event -> assertThat(wording.notice(event)).isEmpty());
  }
}
