package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bucket is given and what is said when it refuses. */
class GcsStoreTest extends GcsFixture {
  @Test
  void delivers_in_chunks_and_reads_back() throws Exception {
    Delivered delivered = deliver();

    assertThat(delivered.already()).isFalse();
    assertOneWholeObject(delivered);
    assertThat(gcs.count(Kind.CHUNK)).isEqualTo(3);
    assertThat(gcs.count(Kind.OPEN)).isEqualTo(1);
  }

  @Test
  void delivered_twice_is_one_object() throws Exception {
    deliver();
    Delivered again = deliver();

    assertThat(again.already()).isTrue();
    assertOneWholeObject(again);
    assertThat(gcs.creations("films", OBJECT)).isEqualTo(1);
  }

  @Test
  void the_same_object_made_by_another_meanwhile_counts_as_delivered() throws Exception {
    byte[] same;
    try (ArchiveContent content = ArchivePlan.of(manifest, video).open()) {
      var buffer = java.nio.ByteBuffer.allocate(Math.toIntExact(content.length()));
      content.read(0, buffer);
      same = buffer.array();
    }
    gcs.on(Kind.CHUNK, n -> n == 2, new Effect.First(() -> gcs.put("films", OBJECT, same)));

    Delivered delivered = deliver();

    assertThat(delivered.already()).isTrue();
    assertOneWholeObject(delivered);
    assertThat(gcs.creations("films", OBJECT)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void another_object_of_that_name_is_never_overwritten(int atChunk) {
    Runnable somebodyElse = () -> gcs.put("films", OBJECT, new byte[] {1, 2, 3});
    if (atChunk == 0) {
      somebodyElse.run();
    } else {
      gcs.on(Kind.CHUNK, n -> n == atChunk, new Effect.First(somebodyElse));
    }

    assertRefused(Failure.Rejected.class)
        .hasMessageContaining("delivering gs://films/" + OBJECT)
        .hasMessageContaining("already there with other content (3 bytes, CRC32C ")
        .hasMessageContaining("it is never overwritten: move or delete it there");
    assertThat(gcs.file("films", OBJECT)).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(gcs.creations("films", OBJECT)).isEqualTo(1);
  }

  @Test
  void a_bucket_that_does_not_exist_is_told_with_how_to_make_it() throws Exception {
    store.close();
    store = open("gs://flims/night");

    assertRefused(Failure.Rejected.class)
        .hasMessageContaining("the bucket gs://flims does not exist")
        .hasMessageContaining("gcloud storage buckets create gs://flims")
        .hasMessageContaining("or correct --deliver");
    assertThatThrownBy(store::verifyAccess)
        .hasMessageContaining("writing a probe to gs://flims/night/.prompt-runner-probe")
        .hasMessageContaining("the bucket gs://flims does not exist");
  }

  @Test
  void a_bucket_that_refuses_is_told_with_the_role_it_takes() {
    String why = "a@b.iam does not have storage.objects.create access";
    gcs.on(Kind.OPEN, n -> true, new Effect.Status(403, why));
    gcs.on(Kind.MULTIPART, n -> true, new Effect.Status(403, why));

    assertRefused(Failure.Rejected.class)
        .hasMessageContaining("the bucket refuses: HTTP 403, " + why)
        .hasMessageContaining("the role \"Storage Object User\" on gs://films");
    assertThatThrownBy(store::verifyAccess)
        .hasMessageContaining("writing a probe to gs://films/night/.prompt-runner-probe")
        .hasMessageContaining(why);
  }

  @Test
  void the_probe_is_written_read_and_removed() throws Exception {
    assertThat(store.verifyAccess()).isEmpty();

    assertThat(gcs.count(Kind.MULTIPART)).isEqualTo(1);
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void a_probe_left_by_a_killed_process_does_no_harm() throws Exception {
    gcs.put("films", "night/.prompt-runner-probe", new byte[] {1});

    assertThat(store.verifyAccess()).isEmpty();
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void another_runners_probe_may_remove_this_ones() throws Exception {
    Runnable other = () -> gcs.remove("films", "night/.prompt-runner-probe");
    gcs.on(Kind.GET, n -> n == 2, new Effect.First(other));

    assertThat(store.verifyAccess()).isEmpty();
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void an_account_that_may_not_ask_is_told_before_the_first_render() {
    gcs.on(Kind.GET, n -> true, new Effect.Status(403, "no storage.objects.get access"));

    assertThatThrownBy(store::verifyAccess)
        .hasMessageContaining("the bucket refuses: HTTP 403, no storage.objects.get access");
  }

  @Test
  void a_write_once_bucket_is_good_enough_and_said() throws Exception {
    gcs.on(Kind.DELETE, n -> true, new Effect.Status(403, "retention policy"));

    assertThat(store.verifyAccess())
        .map(Problem::toString)
        .contains(
            "--deliver: the probe object may not be removed and stays there, found"
                + " 'gs://films/night/.prompt-runner-probe': remove it by hand, or give the account"
                + " the right storage.objects.delete");
  }

  @Test
  void an_interrupted_upload_stops_and_leaves_nothing() throws Exception {
    try (ArchiveContent content = ArchivePlan.of(manifest, video).open()) {
      ProgressListener interrupting = (sent, total) -> Thread.currentThread().interrupt();

      assertThatThrownBy(() -> store.put(Samples.ZIP, content, interrupting))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void a_video_that_changes_while_it_is_sent_never_becomes_an_object() throws Exception {
    Path own = Samples.video(folder, "own.mp4", VIDEO, 5);
    try (ArchiveContent content = ArchivePlan.of(Samples.manifest(own), own).open()) {
      Samples.video(folder, "own.mp4", VIDEO, 6);

      assertThatThrownBy(() -> store.put("own.zip", content, ProgressListener.NONE))
          .hasMessageContaining("what is packed changed while it was sent");
    }
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void progress_is_told_to_the_last_byte() throws Exception {
    List<Long> sent = new ArrayList<>();
    new Delivery(store).deliver(manifest, video, (bytes, total) -> sent.add(bytes));

    assertThat(sent).isSorted().hasSizeGreaterThan(15);
    assertThat(sent.getLast()).isEqualTo(ArchivePlan.of(manifest, video).length());
  }
}
