package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.CLOCK;
import static dev.promptrunner.store.StoreFixture.MEMORY;
import static dev.promptrunner.store.StoreFixture.PID;
import static dev.promptrunner.store.StoreFixture.RUN;
import static dev.promptrunner.store.StoreFixture.START;
import static dev.promptrunner.store.StoreFixture.artifact;
import static dev.promptrunner.store.StoreFixture.begin;
import static dev.promptrunner.store.StoreFixture.complete;
import static dev.promptrunner.store.StoreFixture.job;
import static dev.promptrunner.store.StoreFixture.run;
import static dev.promptrunner.store.StoreFixture.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.event.RunEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
  private static final WorkRow WALK = work("walk");
  private static final JobId JOB = job(WALK, 1);

  @TempDir Path root;
  private Store store;

  @BeforeEach
  void opens() {
    store = StoreFixture.open(root);
    store.rememberWork(WALK);
  }

  @AfterEach
  void closes() throws Exception {
    store.close();
  }

  private void reopen() throws Exception {
    store.close();
    store = Store.open(root, CLOCK, PID);
  }

  @Test
  void a_work_is_found_again_by_its_key() throws Exception {
    reopen();
    assertThat(store.work(WALK.key())).contains(WALK);
    assertThat(store.work(new WorkKey(Digest.of("other")))).isEmpty();
    assertThat(store.works()).containsExactly(WALK);
  }

  @Test
  void a_key_keeps_the_name_that_it_was_first_given() {
    store.rememberWork(WorkRow.open(WALK.key(), "stroll", "stroll.txt", 77));
    WorkRow kept = store.work(WALK.key()).orElseThrow();
    assertThat(kept.name()).isEqualTo("walk");
    assertThat(kept.promptFile()).isEqualTo("stroll.txt");
    assertThat(kept.frames()).isEqualTo(77);
    assertThat(store.names()).isEqualTo(Map.of(WALK.key(), "walk"));
  }

  @Test
  void remembering_a_finished_work_leaves_it_finished() {
    store.finishWork(WALK.key(), WorkState.DONE, Optional.empty());
    store.rememberWork(WALK);
    assertThat(store.work(WALK.key()).orElseThrow().state()).isEqualTo(WorkState.DONE);
  }

  @Test
  void works_keep_the_order_of_their_first_remembering() {
    store.rememberWorks(List.of(work("b"), work("a"), WALK));
    assertThat(store.names().values()).containsExactly("walk", "b", "a");
  }

  @Test
  void an_unknown_work_cannot_be_finished() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                store.finishWork(
                    work("other").key(), WorkState.FAILED, Optional.of("no such video")))
        .withMessageContaining("never remembered");
  }

  @Test
  void an_attempt_is_open_and_its_job_running_from_its_beginning() throws Exception {
    AttemptRow attempt = begin(store, JOB);
    reopen();
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.state()).isEqualTo(AttemptState.OPEN);
    assertThat(attempt.startedAt()).isEqualTo(START);
    assertThat(attempt.clientId()).isEqualTo("client");
    assertThat(attempt.promptId()).isEqualTo("prompt");
    assertThat(store.openAttempts()).containsExactly(attempt);
    assertThat(store.openAttempt(JOB)).contains(attempt);
    assertThat(store.openAttempt(job(WALK, 2))).isEmpty();
    JobRow row = store.job(JOB).orElseThrow();
    assertThat(row.state()).isEqualTo(JobState.RUNNING);
    assertThat(row.fingerprint()).contains(attempt.fingerprint());
    assertThat(row.work()).isEqualTo(WALK.id());
    assertThat(row.kind()).isEqualTo("HIGH");
  }

  @Test
  void a_job_has_one_open_attempt_at_a_time() {
    begin(store, JOB);
    assertThatIllegalStateException()
        .isThrownBy(() -> begin(store, JOB))
        .withMessageContaining(JOB.value())
        .withMessageContaining("open");
    assertThat(store.openAttempts()).hasSize(1);
    assertThat(store.job(JOB).orElseThrow().attempts()).isEqualTo(1);
  }

  @Test
  void a_job_of_an_unknown_work_is_refused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> begin(store, job(work("other"), 1)))
        .withMessageContaining("never remembered");
    assertThat(store.openAttempts()).isEmpty();
  }

  @Test
  void a_completed_job_has_its_artifacts_and_no_open_attempt() throws Exception {
    AttemptRow attempt = begin(store, JOB);
    List<ArtifactRow> made = List.of(artifact(JOB, "LATENT"), artifact(JOB, "SEGMENT"));
    store.completeJob(attempt, made, Duration.ofNanos(1_500_000_001));
    reopen();
    JobRow row = store.job(JOB).orElseThrow();
    assertThat(row.state()).isEqualTo(JobState.DONE);
    assertThat(row.took()).contains(Duration.ofNanos(1_500_000_001));
    assertThat(row.fingerprint()).contains(attempt.fingerprint());
    assertThat(store.openAttempts()).isEmpty();
    assertThat(store.artifacts(JOB)).isEqualTo(made);
    assertThat(store.artifact(JOB, "SEGMENT")).contains(made.get(1));
    assertThat(store.artifact(JOB, "FINAL")).isEmpty();
  }

  @Test
  void a_job_done_again_replaces_all_that_it_had_made() {
    store.completeJob(
        begin(store, JOB),
        List.of(artifact(JOB, "LATENT"), artifact(JOB, "OLD")),
        Duration.ofSeconds(1));
    AttemptRow again = begin(store, JOB);
    assertThat(again.number()).isEqualTo(2);
    assertThat(store.artifact(JOB, "OLD")).isPresent();
    store.completeJob(again, List.of(artifact(JOB, "LATENT")), Duration.ofSeconds(1));
    assertThat(store.artifacts(JOB)).containsExactly(artifact(JOB, "LATENT"));
  }

  @Test
  void artifacts_of_a_work_are_those_of_its_jobs_alone() {
    WorkRow other = work("other");
    store.rememberWork(other);
    complete(store, job(WALK, 2));
    complete(store, job(other, 1));
    complete(store, job(WALK, 1));
    assertThat(store.artifactsOf(WALK.id()))
        .containsExactly(artifact(job(WALK, 1), "SEGMENT"), artifact(job(WALK, 2), "SEGMENT"));
    assertThat(store.jobs(WALK.id()))
        .extracting(JobRow::id)
        .containsExactly(job(WALK, 1), job(WALK, 2));
  }

  @Test
  void a_job_cannot_be_completed_with_another_jobs_artifact() {
    AttemptRow attempt = begin(store, JOB);
    List<ArtifactRow> strange = List.of(artifact(job(WALK, 2), "SEGMENT"));
    assertThatIllegalStateException()
        .isThrownBy(() -> store.completeJob(attempt, strange, Duration.ZERO))
        .withMessageContaining(job(WALK, 2).value());
    assertThat(store.openAttempts()).containsExactly(attempt);
  }

  @Test
  void an_ended_attempt_ends_only_once() {
    AttemptRow attempt = begin(store, JOB);
    store.completeJob(attempt, List.of(artifact(JOB, "LATENT")), Duration.ZERO);
    assertThatIllegalStateException().isThrownBy(() -> store.failAttempt(attempt, MEMORY, true));
    assertThatIllegalStateException().isThrownBy(() -> store.abandonAttempt(attempt, "late"));
    assertThatIllegalStateException()
        .isThrownBy(() -> store.completeJob(attempt, List.of(), Duration.ZERO))
        .withMessageContaining("not open any more");
    assertThat(store.job(JOB).orElseThrow().state()).isEqualTo(JobState.DONE);
    assertThat(store.artifacts(JOB)).hasSize(1);
  }

  @Test
  void a_failed_attempt_leaves_the_job_for_another_try_until_the_last() {
    store.failAttempt(begin(store, JOB), MEMORY, false);
    JobRow pending = store.job(JOB).orElseThrow();
    assertThat(pending.state()).isEqualTo(JobState.PENDING);
    assertThat(pending.failures()).isEqualTo(1);
    store.failAttempt(begin(store, JOB), MEMORY, true);
    JobRow failed = store.job(JOB).orElseThrow();
    assertThat(failed.state()).isEqualTo(JobState.FAILED);
    assertThat(failed.attempts()).isEqualTo(2);
    assertThat(failed.failures()).isEqualTo(2);
    assertThat(failed.failure()).contains(MEMORY.sentence());
  }

  @Test
  void an_abandoned_attempt_does_not_count_as_a_failure() {
    store.abandonAttempt(begin(store, JOB), "the server has forgotten it");
    JobRow row = store.job(JOB).orElseThrow();
    assertThat(row.state()).isEqualTo(JobState.PENDING);
    assertThat(row.attempts()).isEqualTo(1);
    assertThat(row.failures()).isZero();
    assertThat(row.failure()).isEmpty();
  }

  @Test
  void success_takes_earlier_failures_away() {
    store.failAttempt(begin(store, JOB), MEMORY, false);
    complete(store, JOB);
    JobRow row = store.job(JOB).orElseThrow();
    assertThat(row.failures()).isZero();
    assertThat(row.failure()).isEmpty();
    assertThat(row.attempts()).isEqualTo(2);
  }

  @Test
  void retry_makes_failed_jobs_and_works_pending_and_leaves_the_others() {
    WorkRow done = work("done");
    store.rememberWork(done);
    complete(store, job(done, 1));
    store.finishWork(done.key(), WorkState.DONE, Optional.empty());
    store.failAttempt(begin(store, JOB), MEMORY, true);
    store.finishWork(WALK.key(), WorkState.FAILED, Optional.of("out of memory"));
    assertThat(store.work(WALK.key()).orElseThrow().error()).contains("out of memory");
    store.resetFailed(store.works());
    JobRow row = store.job(JOB).orElseThrow();
    assertThat(row.state()).isEqualTo(JobState.PENDING);
    assertThat(row.failures()).isZero();
    assertThat(row.failure()).isEmpty();
    assertThat(store.work(WALK.key())).contains(WALK);
    assertThat(store.job(job(done, 1)).orElseThrow().state()).isEqualTo(JobState.DONE);
    assertThat(store.work(done.key()).orElseThrow().state()).isEqualTo(WorkState.DONE);
  }

  @Test
  void a_discarded_artifact_keeps_its_digest() {
    complete(store, JOB);
    store.discardArtifact(JOB, "SEGMENT", "combined_002 contains it");
    ArtifactRow row = store.artifact(JOB, "SEGMENT").orElseThrow();
    assertThat(row.discarded()).isTrue();
    assertThat(row.sha256()).isEqualTo(artifact(JOB, "SEGMENT").sha256());
    assertThatIllegalStateException()
        .isThrownBy(() -> store.discardArtifact(JOB, "LATENT", "no reason"))
        .withMessageContaining("never stored");
  }

  @Test
  void the_last_delivery_of_a_work_is_kept() throws Exception {
    DeliveryRow first = new DeliveryRow(WALK.key(), "gs://b/walk.zip", 99, "crc32c=1", START);
    DeliveryRow second = new DeliveryRow(WALK.key(), "gs://c/walk.zip", 98, "crc32c=2", START);
    assertThat(store.delivery(WALK.key())).isEmpty();
    store.recordDelivery(first);
    store.recordDelivery(second);
    reopen();
    assertThat(store.delivery(WALK.key())).contains(second);
  }

  @Test
  void events_are_kept_in_their_order_and_progress_is_not_among_them() throws Exception {
    store.startRun(run());
    store.append(RUN, new RunEvent.Warning(START, "disk", "first"));
    store.append(RUN, new RunEvent.JobProgress(START, JOB, "KSampler", 1, 20));
    store.append(RUN, new RunEvent.Warning(START, "disk", "second"));
    store.close();
    assertThat(Store.read(root).orElseThrow().events(RUN))
        .satisfiesExactly(
            first -> assertThat(first).startsWith("{\"type\":\"warning\"").contains("first"),
            second -> assertThat(second).contains("second"));
  }

  @Test
  void an_event_of_a_run_that_was_not_started_is_refused_and_spoils_nothing() {
    RunId strange = new RunId("strange");
    assertThatIllegalStateException()
        .isThrownBy(() -> store.append(strange, new RunEvent.Warning(START, "disk", "nearly full")))
        .withMessageContaining("strange");
    complete(store, JOB);
    assertThat(store.job(JOB).orElseThrow().state()).isEqualTo(JobState.DONE);
  }

  @Test
  void a_run_starts_once_and_only_a_started_one_finishes() {
    store.startRun(run());
    assertThatIllegalStateException()
        .isThrownBy(() -> store.startRun(run()))
        .withMessageContaining(RUN.value());
    assertThatIllegalStateException()
        .isThrownBy(() -> store.finishRun(new RunId("strange"), START, 0))
        .withMessageContaining("never started");
    store.finishRun(RUN, START.plusSeconds(60), 1);
    RunRow last = Store.read(root).orElseThrow().status().run().orElseThrow();
    assertThat(last.finishedAt()).contains(START.plusSeconds(60));
    assertThat(last.exitCode()).hasValue(1);
  }

  @Test
  void a_closed_store_says_so() throws Exception {
    store.close();
    store.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> store.works())
        .withMessageContaining("closed")
        .withMessageContaining("state.db");
  }
}
