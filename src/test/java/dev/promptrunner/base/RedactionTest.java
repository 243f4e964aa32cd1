package dev.promptrunner.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static Redaction of(String... secrets) {
    return Redaction.of(List.of(secrets).stream().map(Secret::new).toList());
  }

  @Test
  void takes_a_secret_out_plain_encoded_and_in_json() {
    Redaction redaction = of("a \"b\"/c+d=");
    assertThat(redaction.clean("x a \"b\"/c+d= y")).isEqualTo("x *** y");
    assertThat(redaction.clean("?key=a+%22b%22%2Fc%2Bd%3D&y")).isEqualTo("?key=***&y");
    assertThat(redaction.clean("?key=a%20%22b%22%2Fc%2Bd%3D&y")).isEqualTo("?key=***&y");
    assertThat(redaction.clean("{\"k\":\"a \\\"b\\\"/c+d=\"}")).isEqualTo("{\"k\":\"***\"}");
    assertThat(redaction.clean("{\"k\":\"a \\\"b\\\"\\/c+d=\"}")).isEqualTo("{\"k\":\"***\"}");
  }

  @Test
  void takes_a_login_out_as_http_sends_it() {
    assertThat(of("user:pass").clean("Authorization: Basic dXNlcjpwYXNz")).endsWith("Basic ***");
  }

  @Test
  void takes_each_line_of_a_private_key_out() {
    String line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIB";
    Redaction redaction =
        of("-----BEGIN PRIVATE KEY-----\n" + line + "\nend-of-the-private-key-0123456789\n");
    assertThat(redaction.clean("near '" + line + "'")).isEqualTo("near '***'");
    assertThat(redaction.clean("-----BEGIN PRIVATE KEY-----\\n" + line)).doesNotContain(line);
  }

  @Test
  void takes_the_path_and_query_of_an_address_out() {
    Secret address = new Secret("https://hooks.example.com/services/T0/B0/token?key=0123456789abc");
    Redaction redaction = Redaction.NONE.andAddress(address);
    assertThat(redaction.clean("POST /services/T0/B0/token failed at hooks.example.com"))
        .isEqualTo("POST *** failed at hooks.example.com");
    assertThat(redaction.clean("?key=0123456789abc")).isEqualTo("?***");
  }

  @Test
  void hides_the_longer_of_two_that_begin_alike() {
    assertThat(of("abcdef", "abcdefgh").clean("abcdefgh")).isEqualTo("***");
  }

  @Test
  void words_too_short_to_be_secrets_stay() {
    Redaction redaction = of("stop", "");
    assertThat(redaction.clean("the pod will stop")).isEqualTo("the pod will stop");
    assertThat(redaction.isEmpty()).isTrue();
  }

  @Test
  void it_shows_nothing_of_itself() {
    assertThat(of("abcdefgh").toString()).doesNotContain("abc");
  }
}
