package dev.promptrunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  private static final long GB = 1_000_000_000L;
  private static final RunId RUN = new RunId("r1");

  private Instant now = Instant.parse("2026-11-21T01:00:00Z");
  private OptionalLong own = OptionalLong.of(300_000_000);
  private OptionalLong available = OptionalLong.of(50 * GB);
  private OptionalLong disk = OptionalLong.of(100 * GB);
  private Thresholds thresholds = new Thresholds(new Thresholds.Limits(30, 50, 2 * GB));

  private List<String> check() {
    return thresholds
        .check(now, new Thresholds.Reading(own, available, OptionalLong.of(60 * GB), disk))
        .stream()
        .map(warning -> warning.subject() + ": " + warning.message())
        .toList();
  }

  private static JobId job(int number) {
    return new JobId("walk_1/job_%03d".formatted(number));
  }

  private void begin(int number, String kind) {
    thresholds.on(new RunEvent.JobStarted(now, job(number), kind, "gpu0", 1, false));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private void done(int number, String kind, Duration took) {
    begin(number, kind);
    pass(took);
    thresholds.on(new RunEvent.JobDone(now, job(number), kind, took, 100));
  }

  private void failed(int number, String failure) {
    begin(number, "LOW");
    thresholds.on(new RunEvent.JobFailed(now, job(number), failure, "x", "y", true));
  }

  private void started() {
    thresholds.on(new RunEvent.RunStarted(now, RUN, "comfyui", 1, 8));
    thresholds.on(new RunEvent.WorkStarted(now, "walk_1", 100, 8, 0));
  }

  @Test
  void a_run_that_goes_well_is_not_warned_of() {
    started();
    for (int n = 0; n < 50; n++) {
      done(n, "LOW", Duration.ofSeconds(50));
      assertThat(check()).isEmpty();
    }
  }

  @Test
  void many_failures_are_told_once_until_they_are_over() {
    for (int n = 0; n < 9; n++) {
      failed(n, "Transient");
      assertThat(check()).as("too few tries to judge").isEmpty();
    }
    failed(9, "Transient");
    assertThat(check())
        .containsExactly(
            "failures: 10 of the last 10 tries failed: 'status' tells why each prompt file stopped;"
                + " look at the server's log before more is paid for");
    failed(10, "Transient");
    assertThat(check()).isEmpty();
    for (int n = 0; n < 20; n++) {
      done(n, "LOW", Duration.ofSeconds(1));
    }
    assertThat(check()).isEmpty();
    for (int n = 0; n < 7; n++) {
      failed(n, "Transient");
    }
    assertThat(check()).as("7 of 20 after it was good").hasSize(1);
  }

  @Test
  void jobs_that_somebody_cancelled_did_not_fail() {
    for (int n = 0; n < 20; n++) {
      failed(n, "Cancelled");
    }
    assertThat(check()).isEmpty();
  }

  @Test
  void zero_switches_the_rates_off() {
    thresholds = new Thresholds(new Thresholds.Limits(0, 0, 0));
    disk = OptionalLong.of(1);
    started();
    for (int n = 0; n < 20; n++) {
      failed(n, "Transient");
      pass(Duration.ofMinutes(2));
      assertThat(check()).isEmpty();
    }
  }

  @Test
  void idle_servers_are_told_when_ten_minutes_of_them_are_known() {
    started();
    done(1, "HIGH", Duration.ofSeconds(60));
    List<String> told = new ArrayList<>();
    for (int n = 0; n < 59; n++) {
      told.addAll(check());
      pass(Duration.ofSeconds(10));
    }
    assertThat(told).isEmpty();
    pass(Duration.ofSeconds(10));
    assertThat(check())
        .containsExactly(
            "idle servers: the servers stood idle for 100 % of the last half hour: give more prompt"
                + " files to one run, more media.workers or upload.workers, or fewer servers");
    assertThat(check()).isEmpty();
  }

  @Test
  void servers_that_have_nothing_to_do_are_not_idle() {
    started();
    done(1, "HIGH", Duration.ofSeconds(60));
    thresholds.on(new RunEvent.WorkDone(now, "walk_1", "final/walk.mp4", Duration.ofMinutes(1)));
    for (int n = 0; n < 200; n++) {
      assertThat(check()).isEmpty();
      pass(Duration.ofSeconds(10));
    }
  }

  @Test
  void a_job_three_times_as_long_as_usual_is_told_once() {
    for (int n = 0; n < 3; n++) {
      done(n, "LOW", Duration.ofSeconds(100));
    }
    begin(7, "LOW");
    pass(Duration.ofSeconds(300));
    assertThat(check()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(check())
        .containsExactly(
            "walk_1/job_007: LOW on gpu0 has run for 301 s, and such jobs usually take 100 s: look"
                + " at the server's queue and log; without progress it is interrupted after"
                + " comfyui.stall-after");
    pass(Duration.ofSeconds(100));
    assertThat(check()).isEmpty();
  }

  @Test
  void short_jobs_and_kinds_that_are_not_known_yet_do_not_stall() {
    for (int n = 0; n < 3; n++) {
      done(n, "LOW", Duration.ofSeconds(1));
    }
    begin(7, "LOW");
    begin(8, "HIGH");
    pass(Duration.ofSeconds(60));
    assertThat(check()).isEmpty();
    pass(Duration.ofHours(1));
    assertThat(check()).hasSize(1); // the LOW alone
  }

  @Test
  void little_memory_is_told_again_only_after_it_was_well() {
    available = OptionalLong.of(2 * GB);
    assertThat(check())
        .containsExactly(
            "memory: 2.0 GB of 60.0 GB of memory are left on this machine: fewer frames per chunk"
                + " or a smaller size need less");
    available = OptionalLong.of(4 * GB);
    assertThat(check()).isEmpty();
    available = OptionalLong.of(2 * GB);
    assertThat(check()).as("between the two limits it was not over").isEmpty();
    available = OptionalLong.of(7 * GB);
    assertThat(check()).isEmpty();
    available = OptionalLong.of(2 * GB);
    assertThat(check()).hasSize(1);
  }

  @Test
  void memory_of_the_program_itself_is_told() {
    own = OptionalLong.of(2_300_000_000L);
    assertThat(check())
        .containsExactly(
            "memory: this program itself occupies 2.3 GB: 'cancel' and 'run' again, nothing is lost"
                + " by it");
  }

  @Test
  void a_disk_with_less_than_twice_the_floor_is_told() {
    disk = OptionalLong.of(4 * GB);
    assertThat(check()).isEmpty();
    disk = OptionalLong.of(4 * GB - 1);
    assertThat(check())
        .containsExactly(
            "disk: 4.0 GB are free, and below 2.0 GB (disk.floor) no job is begun: move finished"
                + " videos away, or deliver them and run without keep");
    disk = OptionalLong.of(5 * GB);
    assertThat(check()).isEmpty();
    disk = OptionalLong.of(3 * GB);
    assertThat(check()).isEmpty();
  }

  @Test
  void what_cannot_be_measured_is_not_judged() {
    own = OptionalLong.empty();
    available = OptionalLong.empty();
    disk = OptionalLong.empty();
    assertThat(check()).isEmpty();
  }
}
