package dev.promptrunner.pod;

import static dev.promptrunner.testing.FakeProvider.reply;
import static dev.promptrunner.testing.FakeProvider.silence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Secret;
import dev.promptrunner.testing.FakeProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VastPodTest {
  private static final String PUT = "PUT /api/v0/instances/42/";
  private static final String DELETE = "DELETE /api/v0/instances/42/";
  private static final String GET = "GET /api/v0/instances/42/";
  private static final MockResponse DONE = reply(200, "{\"success\":true}");
  private static final MockResponse RUNNING =
      reply(
          200,
          "{\"instances\":{\"cur_state\":\"running\",\"actual_status\":\"running\",\"dph_total\":0.31}}");
  private static final MockResponse STOPPED =
      reply(200, "{\"instances\":{\"cur_state\":\"stopped\",\"actual_status\":\"exited\"}}");

  private final FakeTime time = new FakeTime();
  private FakeProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new FakeProvider();
  }

  @AfterEach
  void end() {
    provider.close();
  }

  @Test
  void stops_with_put_and_waits_until_the_state_says_so() throws Exception {
    provider.on(PUT, DONE).on(GET, RUNNING, RUNNING, STOPPED);

    assertThat(end(EndAction.STOP)).isEqualTo(new Ended("stopped", "REST", true));

    assertThat(provider.request(PUT).getBody().utf8()).isEqualTo("{\"state\":\"stopped\"}");
    assertThat(provider.request(PUT).getHeaders().get("Authorization")).isEqualTo("Bearer vk");
    assertThat(provider.count(PUT)).isEqualTo(1);
  }

  @Test
  void destroys_with_delete_and_takes_an_empty_answer_afterwards_as_success() throws Exception {
    provider.on(DELETE, DONE).on(GET, RUNNING, reply(200, "{\"instances\":null}"));

    assertThat(end(EndAction.TERMINATE)).isEqualTo(new Ended("destroyed", "REST", true));
  }

  @Test
  void takes_the_providers_word_when_the_key_may_not_read_the_state() throws Exception {
    provider.on(PUT, DONE).on(GET, reply(403, "{\"success\":false}"));

    assertThat(end(EndAction.STOP))
        .isEqualTo(new Ended("accepted, but this key may not read the state back", "REST", false));
  }

  @Test
  void waits_as_long_as_a_plain_text_429_asks_and_tries_again() throws Exception {
    provider.on(PUT, reply(429, "API requests too frequent", "Retry-After", "11"), DONE);
    provider.on(GET, RUNNING, STOPPED);

    assertThat(end(EndAction.STOP).state()).isEqualTo("stopped");
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(11));
  }

  @Test
  void tries_again_when_the_answer_is_not_a_success() throws Exception {
    provider.on(PUT, reply(200, "{\"success\":false,\"msg\":\"busy\"}"), DONE);
    provider.on(GET, STOPPED);

    assertThat(end(EndAction.STOP).state()).isEqualTo("stopped");
    assertThat(provider.count(PUT)).isEqualTo(2);
  }

  @Test
  void asks_for_the_state_when_a_request_gets_no_answer() throws Exception {
    provider.on(PUT, silence()).on(GET, STOPPED);

    assertThat(end(EndAction.STOP, Duration.ofMillis(400)).state()).isEqualTo("stopped");
  }

  @Test
  void goes_on_trying_and_tells_what_it_costs_and_what_to_do_by_hand() {
    provider.on(PUT, reply(401, "{\"error\":\"auth_error\"}"));
    provider.on(GET, RUNNING, reply(401, "no"));
    time.interruptedAfter(Duration.ofMinutes(25));
    Pod pod = pod(Duration.ofSeconds(20));

    assertThat(PodTests.troubleOf(pod, EndAction.STOP))
        .singleElement()
        .asString()
        .startsWith("stop of Vast.ai instance 42: no way worked for 1")
        .contains("HTTP 401: {\"error\":\"auth_error\"}")
        .contains("BILLED; it is tried on until you press Ctrl-C")
        .contains("https://cloud.vast.ai/instances/");
  }

  @Test
  void tells_state_and_price_at_the_start() {
    provider.on(GET, RUNNING);

    Probe probe = pod(Duration.ofSeconds(20)).canStop();

    assertThat(probe.words()).isEqualTo("Vast.ai instance 42 is running");
    assertThat(probe.dollarsPerHour()).hasValue(0.31);
  }

  @Test
  void tells_at_the_start_when_the_key_may_only_stop_or_nothing_answers() {
    provider.on(GET, reply(403, "no"), reply(404, "no such instance"), reply(502, "bad gateway"));
    Pod pod = pod(Duration.ofSeconds(20));

    assertThat(probe(pod)).contains("may not read the state, which says nothing of stopping");
    assertThat(probe(pod)).contains("cannot be asked about: HTTP 404");
    assertThat(probe(pod)).contains("cannot be asked about: HTTP 502");
  }

  @Test
  void keeps_its_whole_disk_over_a_stop() {
    assertThat(pod(Duration.ofSeconds(20)).keepsOnStop(Path.of("/root/output"))).isTrue();
  }

  private static String probe(Pod pod) {
    try {
      return pod.canStop().words();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Ended end(EndAction action) throws Exception {
    return end(action, Duration.ofSeconds(20));
  }

  private Ended end(EndAction action, Duration timeout) throws Exception {
    return pod(timeout).end(new Permit(action), PodTests.QUIET);
  }

  private VastPod pod(Duration timeout) {
    var settings =
        PodTests.settings(provider.url(), timeout, Duration.ofSeconds(90), Duration.ofMinutes(10));
    return new VastPod("42", new Secret("vk"), settings, time.time());
  }
}
