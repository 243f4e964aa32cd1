package dev.promptrunner.pod;

import static dev.promptrunner.testing.FakeProvider.reply;
import static dev.promptrunner.testing.FakeProvider.silence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Secret;
import dev.promptrunner.testing.FakeProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPodTest {
  private static final String ACTION = "POST /v2/pods/p1/action";
  private static final String GET = "GET /v2/pods/p1";
  private static final String GRAPHQL = "POST /graphql";
  private static final String KEY = "rpa_SECRET+KEY/1";
  private static final MockResponse RUNNING =
      reply(200, "{\"id\":\"p1\",\"status\":\"RUNNING\",\"cost\":0.69}");
  private static final MockResponse EXITED = reply(200, "{\"id\":\"p1\",\"status\":\"EXITED\"}");
  private static final MockResponse FORBIDDEN = reply(403, "{\"error\":\"not for this key\"}");

  private final FakeTime time = new FakeTime();
  private final FakePrograms programs = new FakePrograms();
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
  void stops_by_rest_v2_with_the_key_as_bearer_and_reads_the_state_back() throws Exception {
    provider.on(ACTION, reply(200, "{\"id\":\"p1\",\"status\":\"RUNNING\"}")).on(GET, EXITED);

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("EXITED", "REST v2", true));

    assertThat(provider.calls()).containsExactly(ACTION, GET);
    var request = provider.request(ACTION);
    assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(request.getBody().utf8()).isEqualTo("{\"action\":\"stop\"}");
    assertThat(request.getVersion()).isEqualTo("HTTP/1.1");
  }

  @Test
  void waits_while_the_pod_still_runs_after_an_accepted_stop() throws Exception {
    provider.on(ACTION, reply(200, "{}")).on(GET, RUNNING, RUNNING, RUNNING, EXITED);

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET).state()).isEqualTo("EXITED");

    assertThat(provider.count(ACTION)).isEqualTo(1);
    assertThat(time.sleeps()).hasSize(3).containsOnly(Duration.ofSeconds(3));
  }

  @Test
  void terminates_and_takes_404_afterwards_as_success() throws Exception {
    provider.on(ACTION, reply(204, "")).on(GET, RUNNING, reply(404, "not found"));

    Ended ended = pod().end(new Permit(EndAction.TERMINATE), PodTests.QUIET);

    assertThat(ended).isEqualTo(new Ended("gone", "REST v2", true));
    assertThat(provider.request(ACTION).getBody().utf8()).isEqualTo("{\"action\":\"terminate\"}");
  }

  @Test
  void takes_404_after_an_accepted_terminate_as_success_even_if_the_pod_was_never_read()
      throws Exception {
    provider.on(ACTION, reply(204, "")).on(GET, reply(404, "no such pod"));
    provider.on(GRAPHQL, reply(200, "{\"data\":{\"pod\":null}}"));

    assertThat(pod().end(new Permit(EndAction.TERMINATE), PodTests.QUIET).confirmed()).isTrue();
  }

  @Test
  void does_not_take_a_stopped_pod_for_a_terminated_one() {
    provider.on(ACTION, reply(204, "")).on(GET, EXITED);

    assertThat(troubleOf(EndAction.TERMINATE)).contains("then state: EXITED");
  }

  @Test
  void does_not_take_404_of_a_key_that_never_saw_the_pod_for_success() {
    provider.on(ACTION, reply(404, "no such pod")).on(GET, reply(404, "no such pod"));
    provider.on(GRAPHQL, FORBIDDEN);

    assertThat(troubleOf(EndAction.TERMINATE)).contains("HTTP 404: no such pod");
  }

  @Test
  void takes_404_to_the_request_itself_for_success_when_the_pod_was_there_before()
      throws Exception {
    provider.on(GET, RUNNING, reply(404, "no such pod"));
    provider.on(ACTION, reply(404, "no such pod"));
    Pod pod = pod();

    assertThat(pod.canStop().able()).isTrue();
    assertThat(pod.end(new Permit(EndAction.TERMINATE), PodTests.QUIET).state()).isEqualTo("gone");
  }

  @Test
  void reads_the_state_back_after_409_because_the_pod_may_be_there_already() throws Exception {
    provider.on(ACTION, reply(409, "{\"error\":\"pod is not running\"}")).on(GET, EXITED);

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("EXITED", "REST v2", true));
    assertThat(programs.runs()).isEmpty();
  }

  @Test
  void goes_on_to_the_program_when_409_does_not_mean_that_it_has_ended() throws Exception {
    provider.on(ACTION, reply(409, "busy")).on(GET, RUNNING);
    programs.on("runpodctl pod stop p1", 0, "pod \"p1\" stopped");
    String trouble = troubleOf(EndAction.STOP);

    assertThat(programs.runs()).contains("runpodctl pod stop p1");
    assertThat(trouble)
        .contains("REST v2 → HTTP 409: busy, then state: RUNNING")
        .contains("runpodctl → exit code 0: pod \"p1\" stopped, then state: RUNNING");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void falls_back_to_the_program_when_v2_refuses_the_key(int code) throws Exception {
    provider.on(ACTION, reply(code, "no")).on(GET, reply(code, "no"));
    provider.on(GRAPHQL, reply(200, "{\"data\":{\"pod\":{\"desiredStatus\":\"EXITED\"}}}"));
    programs.on("runpodctl pod stop p1", 0, "stopped");

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("EXITED", "runpodctl", true));
    assertThat(provider.count(ACTION)).isEqualTo(1);
  }

  @Test
  void falls_back_to_graphql_with_the_key_in_the_address_when_there_is_no_program()
      throws Exception {
    provider.on(ACTION, FORBIDDEN).on(GET, FORBIDDEN);
    provider.on(
        GRAPHQL,
        reply(200, "{\"data\":{\"podStop\":{\"id\":\"p1\",\"desiredStatus\":\"EXITED\"}}}"),
        reply(200, "{\"data\":{\"pod\":{\"id\":\"p1\",\"desiredStatus\":\"EXITED\"}}}"));

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("EXITED", "GraphQL", true));
    assertThat(provider.request(GRAPHQL).getUrl().queryParameter("api_key")).isEqualTo(KEY);
    assertThat(provider.request(GRAPHQL).getBody().utf8())
        .isEqualTo(
            "{\"query\":\"mutation { podStop(input: {podId: \\\"p1\\\"}) { id desiredStatus }"
                + " }\"}");
  }

  @Test
  void falls_back_to_the_programs_old_form_last() throws Exception {
    provider.on(ACTION, FORBIDDEN).on(GET, FORBIDDEN);
    provider.on(GRAPHQL, reply(200, "{\"errors\":[{\"message\":\"Unauthorized\"}]}"));
    programs
        .on("runpodctl pod stop p1", 1, "Error: unknown command \"pod\"")
        .on("runpodctl stop pod p1", 0, "pod \"p1\" stopped");

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(
            new Ended(
                "accepted, but this key may not read the state back",
                "runpodctl (old form)",
                false));
    assertThat(programs.runs())
        .containsSubsequence("runpodctl pod stop p1", "runpodctl stop pod p1");
  }

  @Test
  void uses_delete_and_remove_to_terminate_by_the_program() {
    provider.on(ACTION, FORBIDDEN).on(GET, FORBIDDEN).on(GRAPHQL, FORBIDDEN);

    troubleOf(EndAction.TERMINATE);

    assertThat(programs.runs())
        .containsSubsequence("runpodctl pod delete p1", "runpodctl remove pod p1");
  }

  @Test
  void reads_the_state_from_the_program_when_nothing_else_answers() throws Exception {
    provider.on(ACTION, FORBIDDEN).on(GET, FORBIDDEN).on(GRAPHQL, FORBIDDEN);
    programs
        .on("runpodctl pod stop p1", 0, "")
        .on("runpodctl pod get p1", 0, "{\"id\":\"p1\",\"desiredStatus\":\"EXITED\"}");

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("EXITED", "runpodctl", true));
  }

  @Test
  void takes_an_accepted_stop_for_unconfirmed_when_this_key_cannot_see_the_pod() throws Exception {
    provider.on(ACTION, reply(200, "{}")).on(GET, reply(404, "no such pod")).on(GRAPHQL, FORBIDDEN);

    assertThat(pod().end(new Permit(EndAction.STOP), PodTests.QUIET).confirmed()).isFalse();
  }

  @Test
  void works_without_a_key_through_the_program_alone() throws Exception {
    programs
        .on("runpodctl pod stop p1", 0, "")
        .on("runpodctl pod get p1", 0, "{\"desiredStatus\":\"EXITED\"}");
    var pod = new RunPod("p1", Optional.empty(), settings(), programs, time.time());

    assertThat(pod.end(new Permit(EndAction.STOP), PodTests.QUIET).via()).isEqualTo("runpodctl");
    assertThat(provider.calls()).isEmpty();
  }

  @Test
  void asks_for_the_state_when_a_request_gets_no_answer() throws Exception {
    provider.on(ACTION, silence()).on(GET, EXITED);

    assertThat(pod(brief()).end(new Permit(EndAction.STOP), PodTests.QUIET))
        .isEqualTo(new Ended("EXITED", "REST v2", true));
  }

  @Test
  void tries_again_after_time_outs_and_faults_of_the_provider() throws Exception {
    provider.on(ACTION, silence(), reply(503, "later"), reply(200, "{}"));
    provider.on(GET, RUNNING, RUNNING, EXITED).on(GRAPHQL, FORBIDDEN);

    assertThat(pod(brief()).end(new Permit(EndAction.STOP), PodTests.QUIET).via())
        .isEqualTo("REST v2");
    assertThat(provider.count(ACTION)).isEqualTo(3);
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void leaves_the_provider_alone_for_as_long_as_a_plain_text_429_asks() throws Exception {
    provider.on(
        ACTION,
        reply(429, "Too Many Requests: slow down", "Retry-After", "17"),
        reply(429, "again", "Retry-After", "Sat, 21 Nov 2026 22:01:00 GMT"),
        reply(200, "{}"));
    provider.on(GET, RUNNING, RUNNING, EXITED).on(GRAPHQL, FORBIDDEN);

    pod().end(new Permit(EndAction.STOP), PodTests.QUIET);

    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(43));
  }

  @Test
  void goes_on_trying_with_pauses_and_tells_what_it_costs_at_growing_intervals() {
    provider.on(ACTION, FORBIDDEN).on(GET, RUNNING).on(GRAPHQL, reply(500, "oops"));
    time.interruptedAfter(Duration.ofHours(4));
    Pod pod = pod(settings(Duration.ofSeconds(9), Duration.ofMinutes(10)));

    List<String> told = PodTests.troubleOf(pod, EndAction.STOP);

    assertThat(told).hasSizeBetween(4, 6);
    assertThat(told.getFirst())
        .startsWith("stop of RunPod pod p1: no way worked for 1")
        .contains("REST v2 → HTTP 403: {\"error\":\"not for this key\"}")
        .contains("runpodctl → cannot be run")
        .contains("GraphQL → HTTP 500: oops")
        .contains("runpodctl (old form) → cannot be run")
        .contains(
            "it may still be running and BILLED ($0.69 an hour); it is tried on until you press"
                + " Ctrl-C")
        .contains("https://console.runpod.io/pods");
    assertThat(provider.count(ACTION)).isGreaterThan(40);
    assertThat(time.sleeps()).allMatch(pause -> pause.compareTo(Duration.ofMinutes(5)) <= 0);
    assertThat(time.sleeps()).contains(Duration.ofSeconds(2), Duration.ofMinutes(5));
  }

  @Test
  void stops_a_pod_that_lets_itself_be_stopped_only_after_hours() throws Exception {
    MockResponse[] refusals = new MockResponse[40];
    Arrays.fill(refusals, FORBIDDEN);
    refusals[39] = reply(200, "{}");
    provider.on(ACTION, refusals).on(GET, FORBIDDEN).on(GRAPHQL, FORBIDDEN);
    List<String> told = new ArrayList<>();

    Ended ended = pod().end(new Permit(EndAction.STOP), told::add);

    assertThat(ended.via()).isEqualTo("REST v2");
    assertThat(told).isNotEmpty();
    assertThat(time.passed()).isGreaterThan(Duration.ofHours(2));
  }

  @Test
  void does_not_follow_a_redirect_with_the_key_in_hand() {
    provider
        .on(ACTION, reply(307, "", "Location", provider.url() + "/elsewhere"))
        .on(GET, FORBIDDEN)
        .on(GRAPHQL, reply(307, "", "Location", provider.url() + "/elsewhere"));

    troubleOf(EndAction.STOP);

    assertThat(provider.calls()).doesNotContain("POST /elsewhere", "GET /elsewhere");
  }

  @Test
  void tells_at_the_start_what_the_pod_costs() throws Exception {
    provider.on(GET, RUNNING);

    Probe probe = pod().canStop();

    assertThat(probe.able()).isTrue();
    assertThat(probe.words()).isEqualTo("RunPod pod p1 is RUNNING");
    assertThat(probe.dollarsPerHour()).hasValue(0.69);
    assertThat(provider.calls()).containsExactly(GET);
  }

  @Test
  void tells_at_the_start_that_the_key_may_do_nothing() throws Exception {
    provider.on(GET, FORBIDDEN).on(GRAPHQL, reply(401, "Unauthorized"));

    Probe probe = pod().canStop();

    assertThat(probe.able()).isFalse();
    assertThat(probe.words())
        .contains("HTTP 403", "HTTP 401: Unauthorized", "runpodctl cannot be run")
        .contains("set RUNPOD_API_KEY to a key that may manage pods");
  }

  @Test
  void keeps_only_the_workspace_over_a_stop() {
    assertThat(pod().keepsOnStop(Path.of("/workspace/ComfyUI/output"))).isTrue();
    assertThat(pod().keepsOnStop(Path.of("/workspace/../root/output"))).isFalse();
    assertThat(pod().keepsOnStop(Path.of("/root/output"))).isFalse();
  }

  private Pod pod() {
    return pod(settings());
  }

  private Pod pod(PodSettings settings) {
    return new RunPod("p1", Optional.of(new Secret(KEY)), settings, programs, time.time());
  }

  private String troubleOf(EndAction action) {
    time.interruptedAfter(Duration.ofMinutes(3));
    Pod pod = pod(settings(Duration.ofSeconds(9), Duration.ofMinutes(1)));
    return PodTests.troubleOf(pod, action).getFirst();
  }

  private PodSettings settings() {
    return settings(Duration.ofSeconds(90), Duration.ofMinutes(10));
  }

  private PodSettings settings(Duration settle, Duration giveUp) {
    return PodTests.settings(provider.url(), Duration.ofSeconds(20), settle, giveUp);
  }

  /** With a time-out that a test can sit out. */
  private PodSettings brief() {
    return PodTests.settings(
        provider.url(), Duration.ofMillis(400), Duration.ofSeconds(90), Duration.ofMinutes(10));
  }
}
