package dev.promptrunner.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryLedgerTest {
  private static final Instant AT = FakeTime.START;

  private final DeliveryLedger ledger = new DeliveryLedger(true);

  @Test
  void gives_a_proof_only_when_every_work_was_delivered() {
    announce(2);
    started("a");
    started("b");
    delivered("a");
    done("a");
    done("b");
    assertThat(ledger.evidence()).isEqualTo(new Evidence.Undelivered(List.of("b"), 0));

    delivered("b");

    assertThat(ledger.evidence())
        .isInstanceOfSatisfying(
            Evidence.DeliveryProof.class,
            proof -> assertThat(proof.uris()).containsExactly("gs://bucket/a", "gs://bucket/b"));
  }

  @Test
  void gives_no_proof_while_a_prompt_file_has_not_begun() {
    announce(3);
    started("a");
    delivered("a");

    assertThat(ledger.evidence()).isEqualTo(new Evidence.Undelivered(List.of("2 not begun"), 0));
  }

  @Test
  void gives_no_leave_before_the_run_has_begun() {
    assertThat(ledger.evidence()).isInstanceOf(Evidence.Undelivered.class);
    announce(0);
    assertThat(ledger.evidence()).isEqualTo(new Evidence.NothingToDeliver(0, 0));
  }

  @Test
  void counts_failed_works_beside_the_proof() {
    announce(2);
    started("a");
    delivered("a");
    failed("b");

    assertThat(ledger.evidence())
        .isInstanceOfSatisfying(
            Evidence.DeliveryProof.class, proof -> assertThat(proof.failed()).isEqualTo(1));
  }

  @Test
  void has_nothing_to_deliver_when_everything_failed() {
    announce(1);
    started("a");
    failed("a");

    assertThat(ledger.evidence()).isEqualTo(new Evidence.NothingToDeliver(0, 1));
  }

  @Test
  void counts_what_stays_on_the_disk_when_no_delivery_was_asked_for() {
    var local = new DeliveryLedger(false);
    local.on(new RunEvent.RunStarted(AT, new RunId("r"), "simulator", 1, 1));
    local.on(new RunEvent.WorkStarted(AT, "a", 1, 1, 0));
    assertThat(local.evidence()).isInstanceOf(Evidence.Undelivered.class);
    local.on(new RunEvent.WorkDone(AT, "a", "final/a.mp4", Duration.ZERO));

    assertThat(local.evidence()).isEqualTo(new Evidence.NothingToDeliver(1, 0));
  }

  @Test
  void one_delivery_of_a_whole_stands_for_all_that_was_finished_before_it() {
    var whole = DeliveryLedger.ofOneArchive(true);
    whole.on(new RunEvent.RunStarted(AT, new RunId("r"), "simulator", 3, 3));
    for (String work : List.of("a", "b", "c")) {
      whole.on(new RunEvent.WorkStarted(AT, work, 1, 1, 0));
    }
    whole.on(new RunEvent.WorkDone(AT, "a", "a.mp4", Duration.ZERO));
    whole.on(new RunEvent.WorkFailed(AT, "b", "it failed", "try again"));
    assertThat(whole.evidence()).isEqualTo(new Evidence.Undelivered(List.of("a", "c"), 1));

    whole.on(new RunEvent.Delivered(AT, "sweep", "gs://bucket/sweep.zip", 1, false));
    assertThat(whole.evidence()).isEqualTo(new Evidence.Undelivered(List.of("c"), 1));

    whole.on(new RunEvent.WorkDone(AT, "c", "c.mp4", Duration.ZERO));
    assertThat(whole.evidence()).isEqualTo(new Evidence.Undelivered(List.of("c"), 1));
    whole.on(new RunEvent.Delivered(AT, "sweep", "gs://bucket/sweep.zip", 1, false));
    assertThat(whole.evidence())
        .isInstanceOfSatisfying(
            Evidence.DeliveryProof.class,
            proof -> {
              assertThat(proof.uris()).containsExactly("gs://bucket/sweep.zip");
              assertThat(proof.failed()).isOne();
            });
  }

  @Test
  void believes_a_work_again_that_failed_and_was_taken_up_anew() {
    announce(1);
    started("a");
    failed("a");
    started("a");

    assertThat(ledger.evidence()).isEqualTo(new Evidence.Undelivered(List.of("a"), 0));
  }

  @Test
  void does_not_forget_a_delivery() {
    announce(1);
    started("a");
    delivered("a");
    failed("a");

    assertThat(ledger.evidence()).isInstanceOf(Evidence.DeliveryProof.class);
  }

  @Test
  void names_what_a_limit_leaves_undelivered() {
    announce(1);
    started("a");

    assertThat(ledger.limitReached("the deadline has passed"))
        .isEqualTo(
            new Evidence.LimitReached("the deadline has passed", List.of("a"), List.of(), 0));
  }

  @Test
  void names_the_finished_videos_that_a_limit_leaves_on_this_machine_alone() {
    announce(2);
    started("a");
    started("b");
    ledger.on(new RunEvent.VideoReady(Instant.EPOCH, "b", "final/b.mp4", 5, true));

    assertThat(ledger.limitReached("the deadline has passed"))
        .isEqualTo(
            new Evidence.LimitReached(
                "the deadline has passed", List.of("a", "b"), List.of("b"), 0));
  }

  @Test
  void a_proof_without_a_delivery_cannot_exist() {
    assertThatThrownBy(() -> new Evidence.DeliveryProof(List.of(), 0))
        .hasMessage("a proof of delivery needs a delivery");
  }

  private void announce(int files) {
    ledger.on(new RunEvent.RunStarted(AT, new RunId("r"), "simulator", files, files));
  }

  private void started(String work) {
    ledger.on(new RunEvent.WorkStarted(AT, work, 500, 10, 0));
  }

  private void done(String work) {
    ledger.on(new RunEvent.WorkDone(AT, work, "final/" + work, Duration.ZERO));
  }

  private void failed(String work) {
    ledger.on(new RunEvent.WorkFailed(AT, work, "found", "remedy"));
  }

  private void delivered(String work) {
    ledger.on(new RunEvent.Delivered(AT, work, "gs://bucket/" + work, 10, false));
  }
}
