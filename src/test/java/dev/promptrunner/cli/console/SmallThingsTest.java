package dev.promptrunner.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallThingsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "449, 0.4 s",
    "9999, 9.9 s",
    "10000, 10 s",
    "59999, 59 s",
    "60000, 1m 00s",
    "3599000, 59m 59s",
    "3600000, 1h 00m",
    "86340000, 23h 59m",
    "86400000, 1d 00h",
    "-5, 0.0 s",
  })
  void times_are_spoken(long millis, String spoken) {
    assertThat(Spoken.time(Duration.ofMillis(millis))).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource({"0.4219, 0.42 frames/s", "16.04, 16.0 frames/s", "231.7, 232 frames/s"})
  void rates_are_spoken(double rate, String spoken) {
    assertThat(Spoken.rate(rate)).isEqualTo(spoken);
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, xterm, LIVE",
    "false, true, dumb, PLAIN",
    "false, false, xterm, PLAIN",
    "true, true, xterm, JSON",
    "true, false, dumb, JSON",
  })
  void the_form_follows_option_and_terminal(
      boolean json, boolean terminal, String term, ConsoleForm form) {
    assertThat(ConsoleForm.choose(json, terminal, Map.of("TERM", term))).isEqualTo(form);
  }

  @Test
  void colours_need_a_terminal_and_are_refused_by_option_or_variable() {
    assertThat(Style.choose(false, true, Map.of()).coloured()).isTrue();
    assertThat(Style.choose(false, true, Map.of("NO_COLOR", "")).coloured()).isTrue();
    assertThat(Style.choose(false, true, Map.of("NO_COLOR", "1")).coloured()).isFalse();
    assertThat(Style.choose(true, true, Map.of()).coloured()).isFalse();
    assertThat(Style.choose(false, false, Map.of()).coloured()).isFalse();
    assertThat(new Style(true).good("ok")).isEqualTo("\u001b[32mok\u001b[0m");
  }

  @Test
  void chinese_takes_two_columns_and_accents_none() {
    assertThat(Columns.of("走路")).isEqualTo(4);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.cut("走路walk", 5)).isEqualTo("走路…");
    assertThat(Columns.cut("走路walk", 4)).isEqualTo("走…");
    assertThat(Columns.pad("走", 4)).isEqualTo("走  ");
  }

  @Test
  void every_kind_of_event_has_words() {
    assertThat(Story.everything())
        .allSatisfy(event -> assertThat(Words.of(event)).isNotBlank().doesNotContain("\n"));
    assertThat(Story.everything().stream().map(Object::getClass).distinct())
        .hasSize(dev.promptrunner.event.RunEvent.class.getPermittedSubclasses().length);
  }
}
