package dev.promptrunner.pod;

import static dev.promptrunner.testing.FakeProvider.reply;
import static dev.promptrunner.testing.FakeProvider.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.testing.FakeProvider;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Feeds a key through every way that fails and looks for it in everything that comes out. */
class SecretsTest {
  private static final String KEY = "rpa_Very+Secret/Key=1";

  private final List<String> seen = new ArrayList<>();
  private final ListAppender<ILoggingEvent> slf4j = new ListAppender<>();
  private final Handler jul =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          seen.add(
              entry.getMessage()
                  + List.of(entry.getParameters() == null ? new Object[0] : entry.getParameters()));
          if (entry.getThrown() != null) {
            seen.add(stack(entry.getThrown()));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    slf4j.start();
    root().addAppender(slf4j);
    root().setLevel(Level.TRACE);
    java.util.logging.Logger.getLogger("").addHandler(jul);
    jul.setLevel(java.util.logging.Level.ALL);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(slf4j);
    java.util.logging.Logger.getLogger("").removeHandler(jul);
  }

  /** Answers that repeat the key plain, encoded and inside JSON, and answers that never come. */
  static Stream<MockResponse> answers() {
    String encoded = URLEncoder.encode(KEY, StandardCharsets.UTF_8);
    return Stream.of(
        reply(401, "bad key " + KEY),
        reply(403, "{\"error\":\"" + KEY + "\"}"),
        reply(404, "GET /graphql?api_key=" + encoded),
        reply(409, KEY),
        reply(429, "slow down, " + KEY, "Retry-After", "60"),
        reply(500, "at /graphql?api_key=" + KEY),
        reply(200, "{\"errors\":[{\"message\":\"" + KEY + "\"}]}"),
        reply(200, "{\"status\":\"" + KEY + "\"}"),
        reply(200, "{\"data\":{\"pod\":{\"desiredStatus\":\"" + KEY + "\"}}}"),
        reply(200, "not json " + encoded),
        reply(307, KEY, "Location", "http://127.0.0.1:1/?api_key=" + KEY),
        silence());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_key_appears_in_no_message_log_or_event_of_runpod(MockResponse answer) throws Exception {
    try (FakeProvider provider = new FakeProvider()) {
      for (String route : List.of("POST /v2/pods/p1/action", "GET /v2/pods/p1", "POST /graphql")) {
        provider.on(route, answer);
      }
      endAndLook(Map.of("RUNPOD_POD_ID", "p1", "RUNPOD_API_KEY", KEY), provider.url());
      assertThat(provider.request("POST /graphql").getTarget()).contains("api_key=");
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_key_appears_in_no_message_log_or_event_of_vast(MockResponse answer) throws Exception {
    try (FakeProvider provider = new FakeProvider()) {
      provider.on("PUT /api/v0/instances/42/", answer).on("GET /api/v0/instances/42/", answer);
      endAndLook(Map.of("CONTAINER_ID", "42", "CONTAINER_API_KEY", KEY), provider.url());
    }
  }

  @org.junit.jupiter.api.Test
  void a_key_appears_nowhere_when_nobody_listens() throws Exception {
    endAndLook(
        Map.of("RUNPOD_POD_ID", "p1", "RUNPOD_API_KEY", KEY), URI.create("http://127.0.0.1:1"));
  }

  private void endAndLook(Map<String, String> env, URI provider) throws Exception {
    FakeTime time = new FakeTime().interruptedAfter(Duration.ofSeconds(70));
    var programs =
        new FakePrograms()
            .on("runpodctl pod stop p1", 1, "config: apiKey = " + KEY)
            .on("runpodctl stop pod p1", 1, KEY)
            .on("runpodctl pod get p1", 0, "{\"desiredStatus\":\"" + KEY + "\"}");
    var settings =
        PodTests.settings(
            provider, Duration.ofMillis(150), Duration.ofSeconds(3), Duration.ofSeconds(8));
    Pod pod = new PodDetector(programs, time, time).detect(env, settings);
    var stopper =
        new PodStopper(
            pod, After.STOP, settings.undelivered(), Path.of("/workspace"), this::note, time);

    seen.add(pod.canStop().toString());
    seen.add(pod.describe() + pod);
    assertThatThrownBy(() -> stopper.endAfter(new Evidence.NothingToDeliver(0, 0)))
        .isInstanceOf(InterruptedException.class)
        .satisfies(thrown -> seen.add(stack(thrown)));
    assertThat(seen).anySatisfy(text -> assertThat(text).contains("BILLED"));

    slf4j.list.forEach(entry -> seen.add(entry.getFormattedMessage()));
    assertThat(seen).isNotEmpty().allSatisfy(SecretsTest::holdsNoKey);
  }

  private void note(RunEvent event) {
    seen.add(event.toString());
  }

  private static void holdsNoKey(String text) {
    assertThat(text)
        .doesNotContain(KEY)
        .doesNotContain(URLEncoder.encode(KEY, StandardCharsets.UTF_8))
        .doesNotContain("Very+Secret")
        .doesNotContain("Very%2BSecret");
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
