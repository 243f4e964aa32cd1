package dev.promptrunner.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Secret;
import dev.promptrunner.testing.LoopbackServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes over the wire, and what is made of the answers. */
class PostTest {
  private static final Instant NOW = Instant.parse("2026-11-21T01:02:03Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final String PATH = "/services/T0000/B0000/very-secret-token";
  private static final Secret KEY = new Secret("a key of many characters");

  private final List<LoopbackServer.Request> got = new CopyOnWriteArrayList<>();
  private LoopbackServer server;
  private int status = 200;
  private Map<String, String> headers = Map.of();
  private String answer = "ok";

  @BeforeEach
  void start() throws IOException {
    server =
        new LoopbackServer(
            (request, socket) -> {
              got.add(request);
              LoopbackServer.answer(
                  socket, status, headers, answer.getBytes(StandardCharsets.UTF_8));
              return true;
            });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Secret address() {
    return new Secret(server.url() + PATH);
  }

  private static Notice notice(String text) {
    return new Notice(
        NOW,
        "r1/3",
        "r1",
        NoticeKind.FILE_FAILED,
        Notice.Severity.ERROR,
        text,
        "{\"type\":\"work_failed\",\"work\":\"walk_1\"}");
  }

  @Test
  void slack_gets_the_text_with_its_own_signs_escaped() {
    Reply reply = new Slack(address(), CLOCK).send(notice("<!channel> a & b"));
    assertThat(reply).isInstanceOf(Reply.Taken.class);
    assertThat(got.getFirst().text()).isEqualTo("{\"text\":\":x: &lt;!channel&gt; a &amp; b\"}");
    assertThat(got.getFirst().header("content-type")).startsWith("application/json");
    assertThat(got.getFirst().path()).isEqualTo(PATH);
  }

  @Test
  void a_webhook_gets_the_notice_as_json_with_a_signature_that_can_be_checked() {
    Reply reply = new Webhook(address(), Optional.of(KEY), CLOCK).send(notice("it failed"));
    assertThat(reply).isInstanceOf(Reply.Taken.class);
    LoopbackServer.Request request = got.getFirst();
    JsonNode json = JsonMapper.builder().build().readTree(request.text());
    assertThat(json.path("id").stringValue()).isEqualTo("r1/3");
    assertThat(json.path("at").stringValue()).isEqualTo("2026-11-21T01:02:03Z");
    assertThat(json.path("run").stringValue()).isEqualTo("r1");
    assertThat(json.path("kind").stringValue()).isEqualTo("file-failed");
    assertThat(json.path("severity").stringValue()).isEqualTo("error");
    assertThat(json.path("text").stringValue()).isEqualTo("it failed");
    assertThat(json.path("event").path("work").stringValue()).isEqualTo("walk_1");
    String timestamp = request.header(Signature.TIMESTAMP);
    assertThat(timestamp).isEqualTo(Long.toString(NOW.getEpochSecond()));
    assertThat(request.header(Signature.HEADER))
        .isEqualTo(Signature.of(KEY, NOW.getEpochSecond(), request.text()));
  }

  /** The value that openssl gives: printf '%s' '100.{"a":1}' | openssl dgst -sha256 -hmac key. */
  @Test
  void the_signature_is_the_usual_hmac() {
    assertThat(Signature.of(new Secret("key"), 100, "{\"a\":1}"))
        .isEqualTo("sha256=f186804bb814c5f520e65c2e8f9bf5d5a563d1d553e936889486c90b71d35801");
  }

  @Test
  void without_a_key_nothing_is_signed() {
    new Webhook(address(), Optional.empty(), CLOCK).send(notice("x"));
    assertThat(got.getFirst().headers()).doesNotContainKey("x-prompt-runner-signature");
  }

  @Test
  void too_many_requests_are_tried_later_when_the_receiver_says() {
    status = 429;
    headers = Map.of("Retry-After", "30");
    assertThat(new Slack(address(), CLOCK).send(notice("x")))
        .isEqualTo(new Reply.Later("HTTP 429 ok", Optional.of(Duration.ofSeconds(30))));
    headers = Map.of("Retry-After", "Sat, 21 Nov 2026 01:02:13 GMT");
    assertThat(new Slack(address(), CLOCK).send(notice("x")))
        .isEqualTo(new Reply.Later("HTTP 429 ok", Optional.of(Duration.ofSeconds(10))));
    headers = Map.of("Retry-After", "99999");
    assertThat(new Slack(address(), CLOCK).send(notice("x")))
        .isEqualTo(new Reply.Later("HTTP 429 ok", Optional.of(Duration.ofMinutes(1))));
    headers = Map.of("Retry-After", "soon");
    assertThat(new Slack(address(), CLOCK).send(notice("x")))
        .isEqualTo(new Reply.Later("HTTP 429 ok", Optional.empty()));
  }

  @Test
  void a_wrong_address_is_refused_for_good_and_never_shown() {
    status = 404;
    answer = "no_service at " + PATH;
    assertThat(new Slack(address(), CLOCK).send(notice("x")))
        .isEqualTo(new Reply.Refused("HTTP 404 no_service at ***"));
  }

  @Test
  void a_redirect_is_not_followed() {
    status = 302;
    headers = Map.of("Location", server.url() + "/elsewhere");
    assertThat(new Slack(address(), CLOCK).send(notice("x"))).isInstanceOf(Reply.Refused.class);
    assertThat(got).hasSize(1);
  }

  @Test
  void nobody_listening_is_tried_later_without_showing_the_address() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Secret nobody = new Secret("http://127.0.0.1:" + port + PATH + "?token=abcdefghijkl");
    Reply reply = new Slack(nobody, CLOCK).send(notice("x"));
    assertThat(reply).isInstanceOf(Reply.Later.class);
    assertThat(reply.toString()).doesNotContain("very-secret").doesNotContain("abcdefghijkl");
  }

  @Test
  void the_doctor_asks_slack_without_showing_anything() {
    status = 400;
    answer = "no_text";
    assertThat(reached(address(), "slack")).isEqualTo("notice.slack true notices arrive");
    status = 403;
    answer = "invalid_token";
    assertThat(reached(address(), "slack")).isEqualTo("notice.slack false HTTP 403 invalid_token");
    assertThat(got.getFirst().text()).isEqualTo("{\"text\":\"\"}");
  }

  @Test
  void the_doctor_asks_a_webhook_with_a_notice_of_its_own() {
    assertThat(reached(address(), "webhook")).isEqualTo("notice.webhook true notices arrive");
    assertThat(got.getFirst().text())
        .contains("\"id\":\"doctor/", "doctor asks whether notices arrive");
  }

  private static String reached(Secret address, String which) {
    boolean slack = which.equals("slack");
    NoticeSettings settings =
        new NoticeSettings(
            slack ? Optional.of(address) : Optional.empty(),
            slack ? Optional.empty() : Optional.of(address),
            Optional.of(KEY),
            Set.of());
    Notices.Reached reached = Notices.reachable(settings, CLOCK).getFirst();
    return reached.name() + " " + reached.taken() + " " + reached.found();
  }
}
