package dev.promptrunner.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.promptrunner.base.Failure;
import dev.promptrunner.base.FailureException;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Google's own client over HTTP against a server that misbehaves by script. */
class GcsFaultsTest extends GcsFixture {
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
  void a_store_that_damages_every_upload_is_told() {
    gcs.on(Kind.CHUNK, n -> true, new Effect.Damage());

    assertRefused(Failure.Rejected.class)
        .hasMessageContaining("the object store refused: HTTP 400")
        .hasMessageContaining("what lies here is kept");
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
  void a_store_that_stays_busy_is_given_up_in_bounded_time() {
    gcs.on(Kind.CHUNK, n -> true, new Effect.Status(503, "busy"));
    long start = System.nanoTime();

    assertRefused(Failure.Store.class)
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

    assertRefused(Failure.Store.class)
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

  @ParameterizedTest
  @EnumSource(names = {"GET", "OPEN", "CHUNK"})
  @Timeout(60)
  void an_interrupt_while_it_waits_for_a_busy_store_is_told_as_such(Kind kind) throws Exception {
    gcs.on(kind, _ -> true, new Effect.Status(503, "busy"));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread = Thread.ofVirtual().start(() -> thrown.set(catchThrowable(this::deliver)));
    Awaitility.await().until(() -> gcs.count(kind) > 1);

    thread.interrupt();
    thread.join();

    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Cancelled.class));
  }
}
