package dev.promptrunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static final Instant START = Instant.parse("2026-11-21T22:00:00Z");
  private static final String WALK = "walk_3f2a91c0";
  private static final String JUMP = "jump_00aa11bb";
  private static final Offset<Double> TINY = Offset.offset(1e-9);

  private Accounts accounts = accounts(Optional.of(3.6), "gpu0");

  private static Accounts accounts(Optional<Double> price, String... servers) {
    Accounts accounts = new Accounts(START, FrameRate.of(16), price, List.of(servers));
    accounts.on(new RunEvent.RunStarted(at(0), new RunId("r"), "comfyui", 2, 8));
    accounts.on(new RunEvent.WorkStarted(at(0), WALK, 160, 4, 0));
    accounts.on(new RunEvent.WorkStarted(at(0), JUMP, 80, 4, 0));
    return accounts;
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static JobId job(String work, String label) {
    return new JobId(work + "/" + label);
  }

  private void begun(int second, String work, String label, String kind, String server) {
    accounts.on(new RunEvent.JobStarted(at(second), job(work, label), kind, server, 1, false));
  }

  private void done(int second, String work, String label, String kind) {
    accounts.on(new RunEvent.JobDone(at(second), job(work, label), kind, Duration.ofSeconds(1), 0));
  }

  private Optional<RunEvent.Spent> video(int second, String work) {
    RunEvent event = new RunEvent.VideoReady(at(second), work, "final/x.mp4", 320, true);
    accounts.on(event);
    return accounts.dueAfter(event);
  }

  @Test
  void a_prompt_file_costs_the_time_of_its_server_jobs() {
    begun(0, WALK, "job_001", "HIGH", "gpu0");
    done(100, WALK, "job_001", "HIGH");
    begun(100, WALK, "job_002", "LOW", "gpu0");
    done(250, WALK, "job_002", "LOW");
    begun(250, WALK, "ref", "REFERENCE", "media");
    done(260, WALK, "ref", "REFERENCE");

    RunEvent.Spent spent = video(300, WALK).orElseThrow();

    assertThat(spent.gpu()).hasSeconds(250);
    assertThat(spent.video()).hasSeconds(10);
    assertThat(spent.dollars()).isEqualTo(0.25, TINY);
    assertThat(spent.idle()).isZero();
  }

  @Test
  void a_failed_try_costs_too() {
    begun(0, WALK, "job_001", "HIGH", "gpu0");
    accounts.on(
        new RunEvent.JobFailed(at(40), job(WALK, "job_001"), "OutOfMemory", "full", "less", true));
    begun(60, WALK, "job_001", "HIGH", "gpu0");
    RunEvent failed = new RunEvent.WorkFailed(at(100), WALK, "no", "yes");
    accounts.on(
        new RunEvent.JobFailed(at(100), job(WALK, "job_001"), "Rejected", "no", "yes", false));
    accounts.on(failed);

    assertThat(accounts.dueAfter(failed).orElseThrow().gpu()).hasSeconds(80);
    assertThat(accounts.dueAfter(failed).orElseThrow().video()).isZero();
  }

  @Test
  void what_was_proven_from_an_earlier_run_costs_nothing_and_counts_no_video() {
    assertThat(video(1, WALK)).isEmpty();
    assertThat(accounts.ofRun(at(10)).video()).isZero();
  }

  @Test
  void a_run_costs_all_its_time_idle_time_too() {
    begun(10, WALK, "job_001", "HIGH", "gpu0");
    done(40, WALK, "job_001", "HIGH");
    begun(50, WALK, "job_002", "LOW", "gpu0");

    RunEvent.Spent spent = accounts.ofRun(at(100));

    assertThat(spent.work()).isEmpty();
    assertThat(spent.gpu()).hasSeconds(80);
    assertThat(spent.idle()).hasSeconds(20);
    assertThat(spent.dollars()).isEqualTo(0.1, TINY);
  }

  @Test
  void a_server_that_is_away_is_not_idle() {
    accounts = accounts(Optional.empty(), "gpu0", "gpu1");
    accounts.on(new RunEvent.ServerDown(at(10), "gpu1", "gone", "waiting"));
    accounts.on(new RunEvent.ServerDown(at(20), "gpu1", "still gone", "waiting"));
    accounts.on(new RunEvent.ServerUp(at(40), "gpu1", "came back", Duration.ofSeconds(30)));
    accounts.on(new RunEvent.ServerDown(at(90), "gpu1", "gone", "waiting"));

    RunEvent.Spent spent = accounts.ofRun(at(100));

    assertThat(spent.idle()).hasSeconds(160);
    assertThat(spent.dollars()).isZero();
  }

  @Test
  void two_servers_of_a_pod_share_its_price() {
    accounts = accounts(Optional.of(3.6), "gpu0", "gpu1");
    begun(0, WALK, "job_001", "HIGH", "gpu0");
    begun(0, JUMP, "job_001", "HIGH", "gpu1");
    done(100, WALK, "job_001", "HIGH");
    done(100, JUMP, "job_001", "HIGH");

    assertThat(video(100, WALK).orElseThrow().dollars()).isEqualTo(0.05, TINY);
    assertThat(video(100, JUMP).orElseThrow().dollars()).isEqualTo(0.05, TINY);
    assertThat(accounts.ofRun(at(100)).dollars()).isEqualTo(0.1, TINY);
  }

  /** Any run on any servers: all time is at work or idle, and no share is lost. */
  @RepeatedTest(50)
  void work_and_idleness_make_up_all_time(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int servers = 1 + random.nextInt(3);
    String[] names = new String[servers];
    for (int i = 0; i < servers; i++) {
      names[i] = "gpu" + i;
    }
    accounts = accounts(Optional.of(1.0), names);
    List<String> works = List.of(WALK, JUMP);
    int end = 0;
    for (String name : names) {
      int now = 0;
      for (int i = 0; i < 20; i++) {
        now += random.nextInt(30);
        String work = works.get(random.nextInt(2));
        begun(now, work, name + i, "LOW", name);
        now += random.nextInt(100);
        done(now, work, name + i, "LOW");
      }
      end = Math.max(end, now);
    }

    RunEvent.Spent run = accounts.ofRun(at(end));
    List<RunEvent.Spent> shares = new ArrayList<>();
    int last = end;
    works.forEach(work -> video(last, work).ifPresent(shares::add));

    assertThat(run.gpu().plus(run.idle())).hasSeconds((long) end * servers);
    assertThat(shares.stream().map(RunEvent.Spent::gpu).reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(run.gpu());
    assertThat(shares.stream().mapToDouble(RunEvent.Spent::dollars).sum())
        .isLessThanOrEqualTo(run.dollars() + 1e-9);
  }
}
