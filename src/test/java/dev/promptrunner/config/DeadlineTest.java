package dev.promptrunner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant EVENING = Instant.parse("2026-11-21T21:30:00Z");

  @ParameterizedTest
  @CsvSource({
    "6h,2026-11-22T03:30:00Z",
    "90m,2026-11-21T23:00:00Z",
    "08:00,2026-11-22T07:00:00Z",
    "8:00,2026-11-22T07:00:00Z",
    "23:15,2026-11-21T22:15:00Z",
    "22:30,2026-11-22T21:30:00Z",
    "00:00,2026-11-21T23:00:00Z",
    "2026-11-22T08:00+01:00,2026-11-22T07:00:00Z",
    "2026-11-22T08:00:30Z,2026-11-22T08:00:30Z"
  })
  void means_the_next_such_moment(String text, Instant moment) {
    assertThat(Deadline.parse(text).orElseThrow().from(EVENING, BERLIN)).isEqualTo(moment);
  }

  @Test
  void means_the_clock_on_the_wall_also_in_the_night_of_the_change() {
    Instant beforeTheChange = Instant.parse("2026-10-24T20:00:00Z");
    assertThat(Deadline.parse("08:00").orElseThrow().from(beforeTheChange, BERLIN))
        .isEqualTo(Instant.parse("2026-10-25T07:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0s", "6", "8 o'clock", "24:00", "08:60", "-6h", "2026-11-22T08:00", "T", "x"})
  void refuses_what_names_no_moment(String text) {
    assertThat(Deadline.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5.00", "0.0001", "1000000", "0.694321"})
  void reads_amounts_in_dollars(String text) {
    assertThat(Types.DOLLARS.read(new Value.Text(text)).orElseThrow()).isEqualByComparingTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00", "-1", "$5", "5 USD", "5,00", "1e3", "1000001", "0.00009"})
  void refuses_what_is_no_amount(String text) {
    assertThat(Types.DOLLARS.read(new Value.Text(text))).isEmpty();
  }
}
