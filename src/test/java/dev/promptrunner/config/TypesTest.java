package dev.promptrunner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypesTest {
  @ParameterizedTest
  @CsvSource({
    "90s,PT1M30S", "5m,PT5M", "1h30m,PT1H30M", "PT5M,PT5M", "pt5m,PT5M", "250ms,PT0.25S",
    "1.5s,PT1.5S", "2d,PT48H", "1h 30m 5s,PT1H30M5S", "1m30ms,PT1M0.03S", "0s,PT0S", "10M,PT10M"
  })
  void reads_times_as_people_write_them(String text, Duration time) {
    assertThat(Quantities.duration(text)).hasValue(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "5 minutes", "m", "-5m", "1m1h", "5mm", "P", "PT", "1.5h"})
  void refuses_times_that_mean_nothing_certain(String text) {
    assertThat(Quantities.duration(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2GB,2000000000",
    "500MB,500000000",
    "500 mb,500000000",
    "1.5 kB,1500",
    "0B,0",
    "1GiB,1073741824",
    "1KiB,1024",
    "2TB,2000000000000"
  })
  void reads_sizes_with_their_units(String text, long bytes) {
    assertThat(Quantities.bytes(text).orElseThrow().bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "GB", "-1GB", "2 GBit", "999999999999999TB", "iB", "1,5GB"})
  void refuses_sizes_that_mean_nothing_certain(String text) {
    assertThat(Quantities.bytes(text)).isEmpty();
  }

  @Test
  void keeps_every_digit_of_a_64_bit_seed() {
    assertThat(Types.SEED.read(text("18446744073709551615")))
        .hasValue(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
    assertThat(Types.SEED.read(text("18446744073709551616"))).isEmpty();
    assertThat(Types.SEED.read(text("-1"))).isEmpty();
  }

  @Test
  void holds_frame_sizes_to_multiples_of_16() {
    assertThat(Types.FRAME_SIZE.read(text("832x480"))).isPresent();
    assertThat(Types.FRAME_SIZE.read(text("830x480"))).isEmpty();
    assertThat(Types.FRAME_SIZE.read(text("99200x480"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "127.0.0.1:8188", "http://", "http:// x", "x"})
  void refuses_addresses_that_are_not_http(String text) {
    assertThat(Types.address("http://x").read(text(text))).isEmpty();
  }

  @Test
  void reads_switches_in_every_usual_spelling() {
    for (String yes : List.of("true", "Yes", "ON", "1")) {
      assertThat(Types.SWITCH.read(text(yes))).hasValue(true);
    }
    for (String no : List.of("false", "No", "OFF", "0")) {
      assertThat(Types.SWITCH.read(text(no))).hasValue(false);
    }
    assertThat(Types.SWITCH.read(text("maybe"))).isEmpty();
  }

  @Test
  void reads_servers_from_text_and_from_the_files_mappings() {
    var all = Set.of(ServersConfig.Pass.values());
    var high = Set.of(ServersConfig.Pass.HIGH, ServersConfig.Pass.LOW);

    var fromText = ListTypes.SERVERS.read(text("http://a:1, http://b:2=high+low")).orElseThrow();
    var fromFile =
        ListTypes.SERVERS
            .read(
                new Value.Items(
                    List.of(
                        text("http://a:1"),
                        new Value.Fields(
                            Map.of(
                                "url",
                                text("http://b:2"),
                                "passes",
                                new Value.Items(List.of(text("high"), text("low"))))))))
            .orElseThrow();

    assertThat(fromText).isEqualTo(fromFile);
    assertThat(fromText).extracting(ServersConfig.Server::passes).containsExactly(all, high);
  }

  @Test
  void refuses_servers_with_unknown_or_repeated_passes_or_fields() {
    assertThat(ListTypes.SERVERS.read(text("http://a:1=hihg"))).isEmpty();
    assertThat(ListTypes.SERVERS.read(text("http://a:1=high+high"))).isEmpty();
    assertThat(ListTypes.SERVERS.read(text("http://a:1="))).isEmpty();
    assertThat(ListTypes.SERVERS.read(text(""))).isEmpty();
    assertThat(
            ListTypes.SERVERS.read(
                new Value.Fields(Map.of("url", text("http://a"), "pases", text("high")))))
        .isEmpty();
  }

  private static Value text(String text) {
    return new Value.Text(text);
  }
}
