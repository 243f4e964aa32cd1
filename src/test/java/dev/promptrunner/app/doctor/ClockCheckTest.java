package dev.promptrunner.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.testing.LoopbackServer;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockCheckTest {
  private static final Instant NOW = Instant.parse("2026-11-21T04:00:00.250Z");

  private static Finding look(Optional<URI> other) throws InterruptedException {
    return new ClockCheck(Clock.fixed(NOW, ZoneOffset.UTC)).look(other);
  }

  private static Finding against(Map<String, String> headers) throws Exception {
    try (LoopbackServer server =
        new LoopbackServer(
            (_, socket) -> {
              LoopbackServer.answer(socket, 404, headers, new byte[0]);
              return true;
            })) {
      return look(Optional.of(server.url()));
    }
  }

  @Test
  void a_clock_that_agrees_is_fine() throws Exception {
    assertThat(against(Map.of("Date", "Sat, 21 Nov 2026 04:00:00 GMT")))
        .isEqualTo(Finding.ok(Area.MACHINE, "clock", "agrees with 127.0.0.1"));
  }

  @Test
  void seconds_are_a_warning_and_a_minute_is_a_problem() throws Exception {
    assertThat(against(Map.of("Date", "Sat, 21 Nov 2026 03:59:40 GMT")))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "clock",
                "20 s ahead of 127.0.0.1",
                "set the clock: at a minute logins are refused"));
    assertThat(against(Map.of("Date", "Sat, 21 Nov 2026 04:02:00 GMT")))
        .isEqualTo(
            Finding.problem(
                Area.MACHINE,
                "clock",
                "119 s behind 127.0.0.1",
                "set the clock, or restart the pod elsewhere: logins are signed with the time and"
                    + " refused when it is off"));
  }

  @Test
  void without_anybody_to_compare_with_it_is_only_told() throws Exception {
    assertThat(look(Optional.empty()))
        .isEqualTo(
            Finding.ok(
                Area.MACHINE,
                "clock",
                "2026-11-21T04:00:00Z; not compared: nothing is signed by it"));
  }

  @Test
  void one_that_tells_no_time_or_is_not_there_is_a_warning() throws Exception {
    assertThat(against(Map.of("Date", "soon")))
        .isEqualTo(
            Finding.warning(
                Area.MACHINE,
                "clock",
                "2026-11-21T04:00:00Z; not compared: 127.0.0.1 tells no time",
                "see that this machine reaches it, and compare by hand (date -u)"));
    assertThat(look(Optional.of(URI.create("http://127.0.0.1:1"))).found())
        .startsWith(
            "2026-11-21T04:00:00Z; not compared: 127.0.0.1 was not reached (no connection)");
  }
}
