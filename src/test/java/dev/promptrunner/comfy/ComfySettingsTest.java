package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComfySettingsTest {

  @Test
  void the_defaults_are_those_of_the_contract() {
    ComfySettings settings = ComfySettings.of(ComfySettings.DEFAULT_URL);

    assertThat(settings.url()).hasToString("http://127.0.0.1:8188");
    assertThat(settings.polling().ping()).isEqualTo(Duration.ofSeconds(20));
    assertThat(settings.polling().blind()).isLessThanOrEqualTo(Duration.ofMillis(500));
    assertThat(settings.polling().ended()).isBetween(Duration.ofMillis(20), Duration.ofMillis(50));
    assertThat(settings.polling().confirm()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.limits().message()).isEqualTo(64 * 1024 * 1024);
    assertThat(settings.timeouts().read()).isEqualTo(Duration.ofSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8188", "host", "ftp://host", "http:///x", "file:///x"})
  void an_address_that_is_none_says_what_to_write(String url) {
    assertThatThrownBy(() -> ComfySettings.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(url)
        .hasMessageEndingWith("write http://host:port");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:1, http://h:1/history/a%2Fb, ws://h:1/ws?clientId=c",
    "https://h/comfy/, https://h/comfy/history/a%2Fb, wss://h/comfy/ws?clientId=c",
    "http://u:p@h:1/x?y=z, http://h:1/x/history/a%2Fb, ws://h:1/x/ws?clientId=c"
  })
  void routes_keep_the_path_before_them_and_lose_the_user(String url, String route, String socket) {
    ServerAddress address = new ServerAddress(URI.create(url));

    assertThat(address.route("history", "a/b")).hasToString(route);
    assertThat(address.socket("c")).hasToString(socket);
    assertThat(address.toString()).doesNotContain("u:p").doesNotEndWith("/");
  }

  @Test
  void a_user_in_the_address_is_sent_as_basic_authorisation() {
    ServerAddress address = new ServerAddress(URI.create("http://user:key@h:1"));

    assertThat(address.authorization()).contains("Basic dXNlcjprZXk=");
  }
}
