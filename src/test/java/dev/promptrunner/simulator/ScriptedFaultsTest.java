package dev.promptrunner.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.TestPattern;
import dev.promptrunner.media.VideoProbe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Each fault of the script, as a client meets it. */
@Timeout(60)
class ScriptedFaultsTest {
  @TempDir Path root;
  private final AtomicReference<Duration> slept = new AtomicReference<>(Duration.ZERO);
  private Simulator simulator;
  private TestClient client;

  private void start(String faults) throws Exception {
    SimulatorSettings settings =
        SimulatorSettings.under(root)
            .withTimes(Duration.ZERO, Duration.ZERO)
            .withJournal(root.resolve("journal"))
            .withFaults(Faults.parse(faults), SimulatorSettings.Crash.SERVER);
    Sleeper counting = duration -> slept.updateAndGet(duration::plus);
    simulator = Simulator.start(settings, Clock.systemUTC(), counting);
    client = TestClient.of(simulator);
    Path video = root.resolve("input/walk.mp4");
    TestPattern.write(video, new FrameSize(64, 48), FrameRate.of(16), 20);
  }

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
  }

  private static WanGraphs.Pair pair(String folder) {
    return new WanGraphs.Pair("walk.mp4", 64, 48, 0, 9, folder, "");
  }

  private static String status(JsonNode record) {
    return record.path("status").path("status_str").asString("absent");
  }

  @Test
  void out_of_memory_fails_one_job_and_the_next_runs() throws Exception {
    start("oom@1");
    JsonNode failed = client.run(WanGraphs.high(pair("a")));
    assertThat(status(failed)).isEqualTo("error");
    JsonNode error = failed.path("status").path("messages").path(2).path(1);
    assertThat(error.path("exception_type").asString()).isEqualTo("torch.OutOfMemoryError");
    assertThat(error.path("exception_message").asString()).startsWith("CUDA out of memory");
    assertThat(status(client.run(WanGraphs.high(pair("a"))))).isEqualTo("success");
    assertThat(simulator.counters().failed()).isEqualTo(1);
  }

  @Test
  void a_poisoned_context_fails_the_job_and_every_later_one() throws Exception {
    start("cuda-error@2");
    assertThat(status(client.run(WanGraphs.image("x")))).isEqualTo("success");
    for (String folder : List.of("a", "b")) {
      JsonNode failed = client.run(WanGraphs.high(pair(folder)));
      assertThat(status(failed)).isEqualTo("error");
      JsonNode error = failed.path("status").path("messages").path(2).path(1);
      assertThat(error.path("exception_type").asString()).isEqualTo("torch.AcceleratorError");
      assertThat(error.path("exception_message").asString()).startsWith("CUDA error: an illegal");
    }
  }

  @Test
  void a_dead_worker_says_so_on_stderr_and_nothing_else_shows_it() throws Exception {
    PrintStream usual = System.err;
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    System.setErr(new PrintStream(heard, true, UTF_8));
    try {
      start("worker-death@1");
      String id = UUID.randomUUID().toString();
      client.prompt(WanGraphs.image("x"), id);
      await().until(() -> heard.toString(UTF_8).contains("\nRuntimeError: "));
      client.post("/interrupt", "{\"prompt_id\":\"" + id + "\"}");
      assertThat(client.json("/queue").path("queue_running").path(0).path(1).asString())
          .isEqualTo(id);
      assertThat(heard.toString(UTF_8))
          .contains("Exception in thread Thread-3 (prompt_worker):\nTraceback");
    } finally {
      System.setErr(usual);
    }
  }

  @Test
  void the_socket_drops_just_before_the_success_which_the_history_shows() throws Exception {
    start("drop-socket@1");
    String id = UUID.randomUUID().toString();
    client.prompt(WanGraphs.image("x"), id);
    assertThat(client.awaitGone()).isTrue();
    assertThat(client.kinds()).doesNotContain("execution_success");
    try (TestClient other = TestClient.of(simulator)) {
      assertThat(status(other.run(WanGraphs.image("y")))).isEqualTo("success");
      assertThat(status(other.json("/history/" + id).path(id))).isEqualTo("success");
    }
  }

  @Test
  void a_hanging_job_ends_when_it_is_interrupted() throws Exception {
    start("hang@1");
    String id = UUID.randomUUID().toString();
    client.prompt(WanGraphs.high(pair("a")), id);
    client.await(heard -> heard.is("progress"));
    assertThat(client.json("/prompt").path("exec_info").path("queue_remaining").asInt()).isOne();
    client.post("/interrupt", "{\"prompt_id\":\"" + id + "\"}");
    client.await(heard -> heard.is("execution_interrupted"));
    client.awaitEnd(id);
    assertThat(simulator.counters().interrupted()).isOne();
  }

  @Test
  void a_core_sampler_is_interrupted_in_the_middle_of_its_steps() throws Exception {
    start("hang@1");
    String id = UUID.randomUUID().toString();
    client.prompt(Graphs.small(), id);
    client.await(heard -> heard.is("progress"));
    client.post("/interrupt", "{\"prompt_id\":\"" + id + "\"}");
    JsonNode where = client.await(heard -> heard.is("execution_interrupted")).text().path("data");
    assertThat(where.path("node_id").asString()).isEqualTo("13");
    assertThat(where.path("node_type").asString()).isEqualTo("KSamplerAdvanced");
    client.awaitEnd(id);
  }

  @Test
  void a_frozen_job_runs_for_ever_and_the_server_can_still_be_closed() throws Exception {
    start("freeze@1");
    String id = UUID.randomUUID().toString();
    client.prompt(WanGraphs.high(pair("a")), id);
    client.await(
        heard -> heard.is("progress") && heard.text().path("data").path("value").asInt() == 4);
    client.post("/interrupt", "{\"prompt_id\":\"" + id + "\"}");
    assertThat(client.json("/queue").path("queue_running").path(0).path(1).asString())
        .isEqualTo(id);
    simulator.close();
    simulator.awaitStop();
  }

  @Test
  void a_crash_cuts_everything_and_forgets_everything() throws Exception {
    start("crash@2");
    client.run(WanGraphs.image("x"));
    client.prompt(WanGraphs.high(pair("a")), UUID.randomUUID().toString());
    assertThat(client.awaitGone()).isTrue();
    simulator.awaitStop();
    assertThatThrownBy(() -> client.get("/queue")).isInstanceOf(IOException.class);
    List<Journal.Line> lines = Journal.read(root.resolve("journal"));
    assertThat(lines)
        .extracting(Journal.Line::event)
        .containsExactly("started", "success", "started");
    assertThat(lines.getLast().outputs()).containsExactly("latents/a/job");
  }

  @Test
  void a_slow_job_takes_longer_by_the_delay() throws Exception {
    start("slow@1:10s");
    assertThat(status(client.run(WanGraphs.high(pair("a"))))).isEqualTo("success");
    assertThat(slept.get()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void requests_for_prompts_are_answered_500_as_often_as_scripted() throws Exception {
    start("500@2x2");
    List<Integer> answers = new java.util.ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = UUID.randomUUID().toString();
      answers.add(client.prompt(WanGraphs.image("x" + i), id).statusCode());
    }
    assertThat(answers).containsExactly(200, 500, 500, 200);
    assertThat(simulator.counters().rejected()).isEqualTo(2);
  }

  @Test
  void a_lost_history_is_never_there_although_the_job_succeeded() throws Exception {
    start("lose-history@1");
    JsonNode record = client.run(WanGraphs.image("x"));
    assertThat(record.isMissingNode()).isTrue();
    assertThat(client.kinds()).contains("execution_success");
    assertThat(root.resolve("output/x_00001_.png")).exists();
  }

  @Test
  void a_deaf_socket_stays_open_and_hears_nothing_more() throws Exception {
    start("deaf@1");
    String id = UUID.randomUUID().toString();
    client.prompt(WanGraphs.image("x"), id);
    await().until(() -> simulator.counters().succeeded() == 1);
    try (TestClient other = TestClient.of(simulator)) {
      assertThat(status(other.run(WanGraphs.image("y")))).isEqualTo("success");
      assertThat(status(other.json("/history/" + id).path(id))).isEqualTo("success");
    }
    assertThat(client.kinds()).doesNotContain("execution_start");
  }

  @Test
  void a_truncated_video_cannot_be_read() throws Exception {
    start("truncate-video@2");
    client.run(WanGraphs.high(pair("a")));
    JsonNode record = client.run(WanGraphs.low(pair("a")));
    assertThat(status(record)).isEqualTo("success");
    Path video = root.resolve("output/a/job_00001.mp4");
    assertThatThrownBy(() -> VideoProbe.probe(video)).isInstanceOf(MediaException.class);
  }
}
