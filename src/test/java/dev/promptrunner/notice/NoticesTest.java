package dev.promptrunner.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class NoticesTest {
  private static final Instant AT = Instant.parse("2026-11-21T01:02:03Z");
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final NoticeSettings ALL =
      new NoticeSettings(
          Optional.empty(), Optional.empty(), Optional.empty(), Set.of(NoticeKind.values()));

  private final FakeReceiver receiver = new FakeReceiver();
  private final List<Duration> slept = new CopyOnWriteArrayList<>();

  private Notices notices(NoticeSettings settings, Receiver... to) {
    return Notices.start(settings, List.of(to), slept::add);
  }

  private static RunEvent started() {
    return new RunEvent.RunStarted(AT, new RunId("20261121-010203-7"), "simulator", 2, 9);
  }

  private static RunEvent warning(String message) {
    return new RunEvent.Warning(AT, "disk", message);
  }

  private static RunEvent done(int number) {
    return new RunEvent.WorkDone(AT, "walk" + number + "_1", "final/w.mp4", Duration.ofSeconds(9));
  }

  private static List<String> texts(List<Notice> notices) {
    return notices.stream().map(Notice::text).toList();
  }

  @Test
  void notices_arrive_in_their_order() throws Exception {
    Notices notices = notices(ALL, receiver);
    notices.on(started());
    notices.on(warning("half full"));
    notices.on(done(1));
    notices.close(LONG);

    assertThat(texts(receiver.taken))
        .containsExactly(
            "Run 20261121-010203-7 started with engine simulator: 2 prompt files, 9 jobs",
            "disk: half full",
            "walk1_1 is done in 9 s: final/w.mp4");
    assertThat(receiver.taken)
        .extracting(Notice::id)
        .containsExactly("20261121-010203-7/1", "20261121-010203-7/2", "20261121-010203-7/3");
  }

  @Test
  void a_defect_loses_one_notice_and_the_next_arrives_and_says_so() throws Exception {
    receiver.breaksOnce();
    Notices notices = notices(ALL, receiver);
    notices.on(started());
    notices.on(warning("half full"));
    notices.close(LONG);

    assertThat(texts(receiver.taken))
        .containsExactly("disk: half full\n(1 notice before this one could not be sent)");
  }

  @Test
  void only_what_was_asked_for_is_told() throws Exception {
    var settings =
        new NoticeSettings(
            Optional.empty(), Optional.empty(), Optional.empty(), Set.of(NoticeKind.WARNING));
    Notices notices = notices(settings, receiver);
    notices.on(started());
    notices.on(warning("half full"));
    notices.close(LONG);

    assertThat(receiver.taken).extracting(Notice::kind).containsExactly(NoticeKind.WARNING);
  }

  @Test
  void a_failed_try_is_repeated_with_growing_pauses() throws Exception {
    receiver.answers(3, FakeReceiver.later());
    Notices notices = notices(ALL, receiver);
    notices.on(warning("half full"));
    notices.close(LONG);

    assertThat(receiver.taken).hasSize(1);
    assertThat(receiver.tried).hasSize(4);
    assertThat(slept).hasSize(3).allSatisfy(pause -> assertThat(pause).isPositive());
    // 1, 2 and 4 s, each with up to half of it more or less.
    assertThat(slept.getLast()).isGreaterThan(slept.getFirst());
  }

  @Test
  void the_pause_that_the_receiver_asks_for_is_kept() throws Exception {
    receiver.answers(1, FakeReceiver.later(Duration.ofSeconds(42)));
    Notices notices = notices(ALL, receiver);
    notices.on(warning("half full"));
    notices.close(LONG);

    assertThat(slept).containsExactly(Duration.ofSeconds(42));
    assertThat(receiver.taken).hasSize(1);
  }

  @Test
  void a_notice_is_given_up_after_five_tries_and_the_next_one_tells_it() throws Exception {
    receiver.answers(5, FakeReceiver.later());
    Notices notices = notices(ALL, receiver);
    notices.on(warning("half full"));
    notices.on(warning("full"));
    notices.close(LONG);

    assertThat(receiver.tried).hasSize(6);
    assertThat(texts(receiver.taken))
        .containsExactly("disk: full\n(1 notice before this one could not be sent)");
  }

  @Test
  void what_is_refused_is_not_tried_again() throws Exception {
    receiver.answers(1, new Reply.Refused("HTTP 404 no_service"));
    Notices notices = notices(ALL, receiver);
    notices.on(warning("half full"));
    notices.close(LONG);

    assertThat(receiver.tried).hasSize(1);
    assertThat(slept).isEmpty();
  }

  @Test
  void a_dead_receiver_delays_neither_the_run_nor_another_receiver() throws Exception {
    FakeReceiver dead = new FakeReceiver().hangs();
    Notices notices = notices(ALL, dead, receiver);
    for (int n = 0; n < 1000; n++) {
      notices.on(warning("number " + n));
    }
    dead.awaitReached();
    notices.close(Duration.ZERO);

    assertThat(dead.taken).hasSizeLessThan(2);
  }

  @Test
  void at_the_end_of_patience_what_hangs_is_cut() throws Exception {
    FakeReceiver dead = new FakeReceiver().hangs();
    Notices notices = notices(ALL, dead);
    notices.on(warning("half full"));
    dead.awaitReached();
    notices.close(Duration.ofMillis(1));
    notices.close(Duration.ofMillis(1)); // idempotent

    assertThat(dead.tried).isNotEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("notice.fake") && thread.isAlive())
        .isEmpty();
  }

  @Test
  void a_full_queue_leaves_out_the_oldest_progress_first() throws Exception {
    Outbox outbox = new Outbox(3);
    Wording wording = new Wording();
    outbox.put(wording.notice(started()).orElseThrow());
    outbox.put(wording.notice(done(1)).orElseThrow());
    outbox.put(wording.notice(done(2)).orElseThrow());
    outbox.put(wording.notice(warning("a")).orElseThrow());
    outbox.put(wording.notice(warning("b")).orElseThrow());
    outbox.put(wording.notice(done(3)).orElseThrow()); // no progress left to drop: itself
    outbox.put(wording.notice(warning("c")).orElseThrow()); // then the oldest
    outbox.close();

    Outbox.Parcel first = outbox.take().orElseThrow();
    assertThat(first.leftOut()).isEqualTo(4);
    assertThat(first.notice().text()).isEqualTo("disk: a");
    assertThat(outbox.take().orElseThrow())
        .satisfies(parcel -> assertThat(parcel.leftOut()).isZero());
    assertThat(outbox.take().orElseThrow().notice().text()).isEqualTo("disk: c");
    assertThat(outbox.take()).isEmpty();
  }
}
