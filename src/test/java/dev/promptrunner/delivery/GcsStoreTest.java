package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Problem;
import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's own client over HTTP against a fake server that misbehaves by script. */
class GcsStoreTest {
  private static final int VIDEO = 20_000_000;
  private static final String OBJECT = "night/" + Samples.ZIP;
  private static final RetryLimits LIMITS =
      new RetryLimits(Duration.ofSeconds(3), Duration.ofMillis(5), 4);

  @TempDir static Path shared;
  @TempDir Path folder;
  private FakeGcs gcs;
  private ObjectStore store;
  private Path video;
  private Manifest manifest;
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    gcs = FakeGcs.start(folder).withBucket("films");
    store = open("gs://films/night");
    video = shared.resolve("final.mp4");
    if (!Files.exists(video)) {
      Samples.video(shared, "final.mp4", VIDEO, 1);
    }
    manifest = Samples.manifest(video);
  }

  @AfterEach
  void stop() {
    store.close();
    gcs.close();
  }

  private ObjectStore open(String uri) throws FailureException {
    var settings = new DeliverySettings(uri, Optional.empty(), Optional.of(gcs.host()), LIMITS);
    return ObjectStores.open(settings, InstantSource.system(), pauses::add);
  }

  private Delivered deliver() throws FailureException {
    return new Delivery(store).deliver(manifest, video, ProgressListener.NONE);
  }

  private void assertOneWholeObject(Delivered delivered) throws Exception {
    ArchivePlan plan = ArchivePlan.of(manifest, video);
    assertThat(delivered.uri()).isEqualTo("gs://films/" + OBJECT);
    assertThat(delivered.bytes()).isEqualTo(plan.length());
    assertThat(delivered.crc32c()).isEqualTo(plan.crc32c());
    assertThat(gcs.names("films")).containsExactly(OBJECT);
    Path stored = gcs.file("films", OBJECT);
    assertThat(FileStore.Stored.read(stored))
        .isEqualTo(new FileStore.Stored(plan.length(), plan.crc32c()));
    try (ZipFile zip = new ZipFile(stored.toFile())) {
      assertThat(zip.getEntry("walk_final.mp4").getSize()).isEqualTo(VIDEO);
    }
  }

  private AbstractThrowableAssert<?, ?> assertRefused(Class<? extends Failure> kind) {
    return assertThatThrownBy(this::deliver)
        .isInstanceOfSatisfying(
            FailureException.class, e -> assertThat(e.failure()).isInstanceOf(kind));
  }

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

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault("503 at every second chunk", Kind.CHUNK, 2, new Effect.Status(503, "busy")),
        new Fault("500 at every second chunk", Kind.CHUNK, 2, new Effect.Status(500, "oops")),
        new Fault("429 at every second chunk", Kind.CHUNK, 2, new Effect.Status(429, "slow")),
        new Fault("cut in the middle of a chunk", Kind.CHUNK, 2, new Effect.CutAfter(3_000_000)),
        new Fault("cut before a byte", Kind.CHUNK, 3, new Effect.CutAfter(0)),
        new Fault("chunk taken, answer lost", Kind.CHUNK, 2, new Effect.CutBeforeAnswer()),
        new Fault("last chunk taken, answer lost", Kind.CHUNK, 3, new Effect.CutBeforeAnswer()),
        new Fault("503 when opening", Kind.OPEN, 1, new Effect.Status(503, "busy"), 2),
        new Fault("cut when opening", Kind.OPEN, 1, new Effect.CutBeforeAnswer(), 2),
        new Fault("session lost, 404", Kind.CHUNK, 2, new Effect.LoseSession(404), 2),
        new Fault("session lost, 410", Kind.CHUNK, 3, new Effect.LoseSession(410), 3),
        new Fault("a bit flipped on the way", Kind.CHUNK, 2, new Effect.Damage(), 2),
        new Fault("503 when asked", Kind.GET, 1, new Effect.Status(503, "busy"), 3),
        new Fault("cut when asked", Kind.GET, 1, new Effect.CutBeforeAnswer(), 3));
  }

  /** At every n-th request of a kind, at most up to the given count. */
  record Fault(String name, Kind kind, int every, Effect effect, int upTo) {
    Fault(String name, Kind kind, int every, Effect effect) {
      this(name, kind, every, effect, 1000);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void exactly_one_whole_object_in_spite_of(Fault fault) throws Exception {
    gcs.on(fault.kind(), n -> n % fault.every() == 0 && n <= fault.upTo(), fault.effect());

    assertOneWholeObject(deliver());

    assertThat(gcs.count(fault.kind())).isGreaterThan(1);
    assertThat(gcs.creations("films", OBJECT)).isEqualTo(1);
    assertThat(deliver().already()).isTrue();
  }

  /** Several faults at once at random requests, three of them. */
  @ParameterizedTest
  @MethodSource("seeds")
  void exactly_one_whole_object_under_random_faults(long seed) throws Exception {
    Random random = new Random(seed);
    List<Fault> all = faults().toList();
    for (int i = 0; i < 3; i++) {
      Fault fault = all.get(random.nextInt(all.size()));
      int at = 1 + random.nextInt(4);
      gcs.on(fault.kind(), n -> n == at, fault.effect());
    }

    assertOneWholeObject(deliver());

    assertThat(gcs.creations("films", OBJECT)).isEqualTo(1);
  }

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @Test
  void a_broken_chunk_goes_on_at_the_byte_the_server_has() throws Exception {
    gcs.on(Kind.CHUNK, n -> n == 2, new Effect.CutAfter(3_000_000));

    assertOneWholeObject(deliver());

    assertThat(gcs.count(Kind.OPEN)).isEqualTo(1);
    assertThat(gcs.count(Kind.QUERY)).isEqualTo(1);
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_lost_session_is_replaced_after_a_pause() throws Exception {
    gcs.on(Kind.CHUNK, n -> n == 2, new Effect.LoseSession(410));

    assertOneWholeObject(deliver());

    assertThat(gcs.count(Kind.OPEN)).isEqualTo(2);
    assertThat(pauses).containsExactly(LIMITS.delayAfter(1));
  }

  @Test
  void a_session_that_is_always_lost_is_given_up_after_the_limit() {
    gcs.on(Kind.CHUNK, n -> true, new Effect.LoseSession(410));

    assertRefused(Failure.Transient.class)
        .hasMessageContaining("delivering gs://films/" + OBJECT)
        .hasMessageContaining("the object store forgot the upload again and again: HTTP 410");
    assertThat(gcs.count(Kind.OPEN)).isEqualTo(LIMITS.sessions());
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void a_process_killed_in_the_middle_and_started_again_makes_one_object() throws Exception {
    ArchivePlan plan = ArchivePlan.of(manifest, video);
    try (ArchiveContent content = plan.open()) {
      ProgressListener killer =
          (sent, total) -> {
            if (sent > total / 2) {
              throw new Killed();
            }
          };
      assertThatThrownBy(() -> store.put(Samples.ZIP, content, killer)).isInstanceOf(Killed.class);
    }
    assertThat(gcs.names("films")).isEmpty();
    store.close();
    store = open("gs://films/night");

    assertOneWholeObject(deliver());
    assertThat(gcs.creations("films", OBJECT)).isEqualTo(1);
  }

  private static final class Killed extends RuntimeException {}

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
  void a_store_that_damages_every_upload_is_told() {
    gcs.on(Kind.CHUNK, n -> true, new Effect.Damage());

    assertRefused(Failure.Rejected.class)
        .hasMessageContaining("the object store refused: HTTP 400")
        .hasMessageContaining("the video itself is kept");
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void a_store_that_keeps_other_bytes_than_were_sent_is_told_and_left_clean() {
    gcs.damagingWhatIsStored();

    assertRefused(Failure.Transient.class)
        .hasMessageContaining("the store kept ")
        .hasMessageContaining("were sent, 4 times")
        .hasMessageContaining("the damaged object was removed");
    assertThat(gcs.names("films")).isEmpty();
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
  void a_store_that_stays_busy_is_given_up_in_bounded_time() {
    gcs.on(Kind.CHUNK, n -> true, new Effect.Status(503, "busy"));
    long start = System.nanoTime();

    assertRefused(Failure.Transient.class)
        .hasMessageContaining("could not be reached or was busy to the end: HTTP 503")
        .hasMessageContaining("what is missing is delivered by the next 'run'");
    assertThat(gcs.count(Kind.OPEN)).isEqualTo(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(LIMITS.patience().multipliedBy(3));
    assertThat(gcs.names("films")).isEmpty();
  }

  @Test
  void a_store_that_is_not_there_is_given_up_in_bounded_time() {
    gcs.close();

    assertRefused(Failure.Transient.class)
        .hasMessageContaining("asking for gs://films/" + OBJECT)
        .hasMessageContaining("storage.googleapis.com");
  }

  @Test
  void no_message_tells_the_address_of_a_session() {
    gcs.on(Kind.CHUNK, n -> true, new Effect.Status(403, "no more"));

    assertRefused(Failure.Rejected.class)
        .hasNoCause()
        .message()
        .contains("HTTP 403")
        .doesNotContain("upload_id")
        .doesNotContain("session-");
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
          .hasMessageContaining("the final video changed while it was sent");
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
