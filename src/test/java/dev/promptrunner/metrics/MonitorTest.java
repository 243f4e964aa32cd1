package dev.promptrunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.RunId;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.testing.RecordedEvents;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MonitorTest {
  private static final RunId RUN = new RunId("20261121-010000-7");

  @TempDir Path root;
  private final RecordedEvents warned = new RecordedEvents();
  private Instant now = Instant.parse("2026-11-21T01:00:00Z");
  private long free = 100;

  private Monitor monitor(Optional<Integer> port) {
    return Monitor.start(
        new Monitor.Given(
            root,
            RUN,
            port,
            30,
            50,
            10,
            () -> OptionalLong.of(free),
            new MachineMemory(root),
            () -> now,
            warned));
  }

  private void at(int second) {
    now = Instant.parse("2026-11-21T01:00:00Z").plusSeconds(second);
  }

  private static JobId job(int number) {
    return new JobId("walk_1/job_00" + number);
  }

  /** One prompt file: HIGH, LOW that fails once, delivery; a restart of the server between. */
  private void story(Monitor monitor) {
    at(0);
    monitor.on(new RunEvent.RunStarted(now, RUN, "simulator", 1, 3));
    monitor.on(new RunEvent.WorkStarted(now, "walk_1", 100, 3, 0));
    at(2);
    monitor.on(new RunEvent.JobStarted(now, job(1), "HIGH", "gpu0", 1, false));
    at(22);
    monitor.on(new RunEvent.JobDone(now, job(1), "HIGH", Duration.ofSeconds(20), 0));
    monitor.on(new RunEvent.JobStarted(now, job(2), "LOW", "gpu0", 1, false));
    at(32);
    monitor.on(new RunEvent.JobFailed(now, job(2), "OutOfMemory", "x", "y", true));
    monitor.on(new RunEvent.ServerDown(now, "gpu0", "exit code 137", "restarted"));
    at(40);
    monitor.on(new RunEvent.ServerUp(now, "gpu0", "restarted", Duration.ofSeconds(8)));
    monitor.on(new RunEvent.JobStarted(now, job(2), "LOW", "gpu0", 2, false));
    at(70);
    monitor.on(new RunEvent.JobDone(now, job(2), "LOW", Duration.ofSeconds(30), 100));
    monitor.on(new RunEvent.JobStarted(now, job(3), "DELIVER", "upload-1", 1, false));
    at(80);
    monitor.on(new RunEvent.JobDone(now, job(3), "DELIVER", Duration.ofSeconds(10), 0));
    monitor.on(new RunEvent.Delivered(now, "walk_1", "gs://b/w.zip", 12_345, false));
    monitor.on(new RunEvent.Delivered(now, "old_1", "gs://b/o.zip", 999, true));
    monitor.on(new RunEvent.WorkDone(now, "walk_1", "final/walk.mp4", Duration.ofSeconds(80)));
  }

  private JsonNode file() throws Exception {
    return JsonMapper.shared()
        .readTree(Files.readString(root.resolve("metrics/20261121-010000-7.json")));
  }

  /** The meter of this name with these tags, such as {@code kind=LOW}. */
  private static JsonNode meter(JsonNode file, String name, String... tags) {
    return StreamSupport.stream(file.path("meters").spliterator(), false)
        .filter(meter -> meter.path("name").asString().equals("prompt.runner." + name))
        .filter(
            meter -> {
              for (String tag : tags) {
                String[] pair = tag.split("=");
                if (!meter.path(pair[0]).asString("").equals(pair[1])) {
                  return false;
                }
              }
              return true;
            })
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + file));
  }

  @Test
  void the_numbers_of_a_run_stand_in_its_file() throws Exception {
    Monitor monitor = monitor(Optional.empty());
    story(monitor);
    monitor.on(new RunEvent.RunFinished(now, RUN, 1, 0, Duration.ofSeconds(80), 0));
    monitor.close();

    JsonNode file = file();
    assertThat(file.path("run").stringValue()).isEqualTo(RUN.value());
    assertThat(file.path("finished").booleanValue()).isTrue();
    assertThat(meter(file, "jobs", "kind=HIGH", "outcome=done").path("count").asInt()).isOne();
    assertThat(
            meter(file, "jobs", "kind=LOW", "outcome=retried", "failure=OutOfMemory")
                .path("count")
                .asInt())
        .isOne();
    assertThat(meter(file, "jobs.time", "kind=LOW").path("seconds").asDouble()).isEqualTo(30.0);
    assertThat(meter(file, "jobs.wait", "kind=HIGH").path("seconds").asDouble()).isEqualTo(2.0);
    assertThat(meter(file, "jobs.wait", "kind=LOW").path("seconds").asDouble()).isZero();
    assertThat(meter(file, "experts.swapped", "server=gpu0").path("count").asInt()).isOne();
    assertThat(meter(file, "servers.up", "how=restarted").path("count").asInt()).isOne();
    assertThat(meter(file, "servers.down", "server=gpu0").path("count").asInt()).isOne();
    assertThat(meter(file, "delivered.bytes").path("count").asInt()).isEqualTo(12_345);
    assertThat(meter(file, "files", "outcome=done").path("count").asInt()).isOne();
    // Busy for 20 + 10 + 30 s of 80 s.
    assertThat(meter(file, "servers.idle.share").path("value").asDouble()).isEqualTo(0.25);
    try (var files = Files.list(root.resolve("metrics"))) {
      assertThat(files).hasSize(1); // nothing half written is left
    }
  }

  @Test
  void the_numbers_are_written_every_minute_too() throws Exception {
    try (Monitor monitor = monitor(Optional.empty())) {
      at(59);
      monitor.check();
      assertThat(root.resolve("metrics")).doesNotExist();
      at(60);
      monitor.check();
      assertThat(file().path("finished").booleanValue()).isFalse();
    }
  }

  @Test
  void warnings_are_announced_until_the_run_is_finished() {
    try (Monitor monitor = monitor(Optional.empty())) {
      free = 15;
      monitor.check();
      monitor.check();
      assertThat(warned.of(RunEvent.Warning.class))
          .singleElement()
          .satisfies(warning -> assertThat(warning.subject()).isEqualTo("disk"));
      free = 100;
      monitor.check();
      free = 15;
      monitor.on(new RunEvent.RunFinished(now, RUN, 0, 0, Duration.ZERO, 0));
      monitor.check();
      assertThat(warned.all).hasSize(1);
    }
  }

  @Test
  void a_folder_that_cannot_be_written_costs_only_the_numbers() throws Exception {
    Files.writeString(root.resolve("metrics"), "a file where the folder should be");
    Monitor monitor = monitor(Optional.empty());
    story(monitor);
    monitor.close();
    assertThat(root.resolve("metrics")).isRegularFile();
  }

  @Test
  void prometheus_reads_them_on_a_loopback_port() throws Exception {
    try (Monitor monitor = monitor(Optional.of(0))) {
      story(monitor);
      int port = monitor.port().orElseThrow();
      var connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openConnection();
      assertThat(connection.getContentType()).startsWith("text/plain; version=0.0.4");
      String text = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(text)
          .contains(
              "prompt_runner_jobs_total{failure=\"none\",kind=\"HIGH\",outcome=\"done\"} 1.0",
              "prompt_runner_jobs_time_seconds_sum{kind=\"LOW\"} 30.0",
              "prompt_runner_servers_idle_share 0.25");
    }
  }

  @Test
  void a_port_that_is_taken_costs_only_the_numbers() throws Exception {
    try (Monitor first = monitor(Optional.of(0));
        Monitor second = monitor(first.port())) {
      assertThat(second.port()).isEmpty();
    }
  }
}
