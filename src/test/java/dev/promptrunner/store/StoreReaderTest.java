package dev.promptrunner.store;

import static dev.promptrunner.store.StoreFixture.MEMORY;
import static dev.promptrunner.store.StoreFixture.RUN;
import static dev.promptrunner.store.StoreFixture.START;
import static dev.promptrunner.store.StoreFixture.artifact;
import static dev.promptrunner.store.StoreFixture.begin;
import static dev.promptrunner.store.StoreFixture.complete;
import static dev.promptrunner.store.StoreFixture.job;
import static dev.promptrunner.store.StoreFixture.run;
import static dev.promptrunner.store.StoreFixture.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Digest;
import dev.promptrunner.base.JobId;
import dev.promptrunner.base.WorkKey;
import dev.promptrunner.event.RunEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreReaderTest {
  private static final WorkRow WALK = work("walk");
  private static final WorkRow RUNNER = work("runner");
  private static final JobId JOB = job(WALK, 3);

  @TempDir Path root;
  private Store store;
  private StoreReader reader;

  @BeforeEach
  void opens() {
    store = StoreFixture.open(root);
    store.startRun(run());
    store.rememberWorks(List.of(WALK, RUNNER));
    reader = Store.read(root).orElseThrow();
  }

  @AfterEach
  void closes() throws Exception {
    store.close();
  }

  private Status.Work walk() {
    return reader.status().works().getFirst();
  }

  @Test
  void a_work_keeps_the_layout_that_it_was_given_last() {
    assertThat(reader.layouts()).isEmpty();

    store.layOut(WALK.key(), "0:100 200:49");
    store.layOut(WALK.key(), "0:100 200:33");
    store.rememberWork(WALK);

    assertThat(reader.layouts()).containsExactly(Map.entry(WALK.key(), "0:100 200:33"));
    assertThat(store.layouts()).isEqualTo(reader.layouts());
  }

  @Test
  void a_work_that_was_never_remembered_cannot_be_laid_out() {
    WorkKey unknown = new WorkKey(Digest.of("unknown"));

    assertThatThrownBy(() -> store.layOut(unknown, "0:100"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("laying out work " + unknown + ", which was never remembered");
  }

  @Test
  void a_work_has_as_many_jobs_as_its_new_layout() {
    store.append(RUN, new RunEvent.WorkStarted(START, WALK.id(), 500, 20, 0));
    store.append(RUN, new RunEvent.Replanned(START, WALK.id(), 49, 36, "no memory"));

    assertThat(walk().jobsKnown()).hasValue(36);
  }

  @Test
  void a_status_names_the_last_run_and_its_living_process() {
    Status status = reader.status();
    assertThat(status.run()).contains(run());
    assertThat(status.process()).isEqualTo(Status.ProcessState.ALIVE);
    assertThat(status.works()).extracting(Status.Work::row).containsExactly(WALK, RUNNER);
  }

  @Test
  void a_finished_run_has_no_process_and_can_be_read_when_the_store_is_closed() throws Exception {
    store.finishRun(RUN, START.plusSeconds(1), 0);
    store.close();
    assertThat(reader.status().process()).isEqualTo(Status.ProcessState.GONE);
    assertThat(Store.read(root).orElseThrow().status()).isEqualTo(reader.status());
  }

  @Test
  void a_run_that_closed_without_an_end_is_gone() throws Exception {
    store.close();
    assertThat(reader.status().process()).isEqualTo(Status.ProcessState.GONE);
  }

  @Test
  void a_status_counts_done_jobs_of_those_that_the_plan_has() {
    assertThat(walk().jobsKnown()).isEmpty();
    store.append(RUN, new RunEvent.WorkStarted(START, WALK.id(), 500, 16, 0));
    complete(store, job(WALK, 1));
    complete(store, job(WALK, 2));
    begin(store, JOB);
    assertThat(walk().jobsDone()).isEqualTo(2);
    assertThat(walk().jobsKnown()).hasValue(16);
    assertThat(reader.status().works().get(1).jobsDone()).isZero();
  }

  @Test
  void a_status_shows_the_running_job_with_its_last_step() {
    store.failAttempt(begin(store, JOB), MEMORY, false);
    begin(store, JOB);
    assertThat(walk().running().getFirst().progress()).isEmpty();
    store.append(RUN, new RunEvent.JobProgress(START, JOB, "KSampler", 6, 20));
    store.append(RUN, new RunEvent.JobProgress(START, JOB, "KSampler", 7, 20));
    complete(store, job(WALK, 1));
    assertThat(walk().running())
        .containsExactly(
            new Status.Running(
                JOB,
                "HIGH",
                2,
                "server",
                START,
                Optional.of(new Progress("KSampler", 7, 20, START))));
  }

  @Test
  void a_new_attempt_begins_without_the_steps_of_the_last() {
    AttemptRow first = begin(store, JOB);
    store.append(RUN, new RunEvent.JobProgress(START, JOB, "KSampler", 19, 20));
    store.abandonAttempt(first, "the server went away");
    begin(store, JOB);
    assertThat(walk().running().getFirst().progress()).isEmpty();
  }

  @Test
  void a_status_shows_failures_with_their_remedy_until_the_job_is_done() {
    store.failAttempt(begin(store, JOB), MEMORY, false);
    assertThat(walk().failures())
        .containsExactly(
            new Status.Failed(
                JOB, JobState.PENDING, "OutOfMemory", "CUDA out of memory", "lower --size"));
    store.failAttempt(begin(store, JOB), MEMORY, true);
    assertThat(walk().failures()).extracting(Status.Failed::state).containsExactly(JobState.FAILED);
    store.resetFailed(store.works());
    assertThat(walk().failures()).isEmpty();
  }

  @Test
  void a_status_shows_the_latest_video_and_the_delivery() {
    assertThat(walk().video()).isEmpty();
    store.append(RUN, new RunEvent.VideoReady(START, WALK.id(), "combined/2.mp4", 200, false));
    store.append(RUN, new RunEvent.VideoReady(START, WALK.id(), "final/walk.mp4", 500, true));
    DeliveryRow delivery = new DeliveryRow(WALK.key(), "gs://b/walk.zip", 99, "crc32c=1", START);
    store.recordDelivery(delivery);
    assertThat(walk().video()).contains(new Video("final/walk.mp4", 500, true));
    assertThat(walk().delivery()).contains(delivery);
    assertThat(reader.status().works().get(1).delivery()).isEmpty();
  }

  @Test
  void why_tells_attempts_inputs_artifacts_and_the_reason_line_by_line() {
    AttemptRow first = begin(store, JOB);
    store.failAttempt(first, MEMORY, false);
    AttemptRow second = begin(store, JOB);
    Map<String, Digest> inputs = Map.of("reference", Digest.of("a"), "workflow", Digest.of("b"));
    store.recordInputs(second, inputs);
    store.completeJob(second, List.of(artifact(JOB, "SEGMENT")), java.time.Duration.ZERO);
    store.explain(JOB, "older");
    store.explain(JOB, "its file is there\nits reference changed");
    complete(store, job(WALK, 4));

    Why.Known why = (Why.Known) reader.why(JOB);
    assertThat(why.job()).isEqualTo(JOB);
    assertThat(why.row().orElseThrow().state()).isEqualTo(JobState.DONE);
    assertThat(why.reason()).containsExactly("its file is there", "its reference changed");
    assertThat(why.attempts())
        .extracting(AttemptRow::state)
        .containsExactly(AttemptState.FAILED, AttemptState.DONE);
    assertThat(why.attempts().getFirst().failureKind()).contains("OutOfMemory");
    assertThat(why.attempts().getFirst().remedy()).contains("lower --size");
    assertThat(why.attempts().getFirst().endedAt()).contains(START);
    assertThat(why.inputs()).isEqualTo(inputs);
    assertThat(why.artifacts()).containsExactly(artifact(JOB, "SEGMENT"));
  }

  @Test
  void why_takes_any_text_that_names_one_job() {
    complete(store, JOB);
    complete(store, job(RUNNER, 4));
    for (String text : List.of(JOB.value(), "walk/job_003", "job_003", JOB.value().substring(2))) {
      assertThat(reader.why(text))
          .as(text)
          .isInstanceOfSatisfying(Why.Known.class, why -> assertThat(why.job()).isEqualTo(JOB));
    }
    assertThat(reader.why("alk/job_003")).isEqualTo(new Why.Unknown("alk/job_003"));
    assertThat(reader.why("walk/job_00_")).isEqualTo(new Why.Unknown("walk/job_00_"));
  }

  @Test
  void why_lists_the_jobs_that_a_text_fits() {
    WorkRow changed =
        WorkRow.open(new WorkKey(Digest.of("walk, changed")), "walk", "walk.txt", 500);
    store.rememberWork(changed);
    complete(store, job(WALK, 3));
    complete(store, job(changed, 3));
    assertThat(reader.why("walk/job_003"))
        .isInstanceOfSatisfying(
            Why.Ambiguous.class,
            why -> assertThat(why.jobs()).containsExactlyInAnyOrder(JOB, job(changed, 3)));
  }

  @Test
  void why_knows_a_job_that_was_never_begun_by_its_reason() {
    store.explain(JOB, "job_002 is not done");
    complete(store, job(WALK, 1));
    assertThat(reader.why("walk/job_003"))
        .isInstanceOfSatisfying(
            Why.Known.class,
            why -> {
              assertThat(why.row()).isEmpty();
              assertThat(why.reason()).containsExactly("job_002 is not done");
            });
  }

  @Test
  void progress_and_reasons_are_seen_at_the_latest_a_quarter_of_a_second_later() throws Exception {
    store.close();
    var now = new java.util.concurrent.atomic.AtomicReference<>(START);
    try (Store later = Store.open(root, now::get, StoreFixture.PID)) {
      begin(later, JOB);
      later.append(RUN, new RunEvent.JobProgress(START, JOB, "KSampler", 1, 20));
      assertThat(walk().running().getFirst().progress()).isEmpty();
      now.set(START.plusMillis(251));
      later.append(RUN, new RunEvent.JobProgress(START, JOB, "KSampler", 2, 20));
      assertThat(walk().running().getFirst().progress().orElseThrow().step()).isEqualTo(2);
    }
  }
}
