package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.base.Redaction;
import dev.promptrunner.base.RunId;
import dev.promptrunner.base.Secret;
import dev.promptrunner.config.LogConfig;
import dev.promptrunner.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class LogsTest {
  private static final Logger LOG = LoggerFactory.getLogger("dev.promptrunner.somewhere.Place");
  private static final LogConfig TEXT = new LogConfig(LogConfig.Level.INFO, LogConfig.Form.TEXT);

  @TempDir private Path folder;

  @AfterEach
  void showEverythingAgain() {
    Logs.hide(Redaction.NONE);
  }

  private static RunEvent done() {
    return new RunEvent.JobDone(
        Instant.EPOCH, new JobId("walk_1/job_002"), "LOW", Duration.ofSeconds(50), 100);
  }

  @Test
  void writes_messages_and_events_to_the_file_one_line_each() throws Exception {
    Path file = folder.resolve("logs/prompt-runner.log");
    try (Logs.Open _ = Logs.toFile(file, TEXT)) {
      LOG.info("connected to gpu0\n  at once");
      LOG.debug("not wanted");
      new EventLog().on(done());
    }
    LOG.info("after the end");
    assertThat(Files.readAllLines(file).stream().map(line -> line.substring(line.indexOf(' ') + 1)))
        .containsExactly(
            "INFO  Place: connected to gpu0 | at once",
            "INFO  events: walk_1/job_002: LOW done in 50 s, 100 frames (2.00 frames/s)");
  }

  /** It warns, for instance, of what was under way when the simulator was stopped. */
  @Test
  void a_web_servers_thread_pool_warns_nobody_on_the_console() {
    List<String> shown = new ArrayList<>();
    try (Logs.Open _ = Logs.toConsole(shown::add)) {
      LoggerFactory.getLogger("org.eclipse.jetty.util.thread.QueuedThreadPool").warn("Job failed");
      LOG.warn("of ours");
    }
    assertThat(shown).containsExactly("of ours");
  }

  @Test
  void rolls_at_ten_megabytes_over_at_most_five_files() throws Exception {
    Path file = folder.resolve("prompt-runner.log");
    String line = "x".repeat(100_000);
    try (Logs.Open _ = Logs.toFile(file, TEXT)) {
      for (int n = 0; n < 650; n++) {
        LOG.info(line);
      }
    }
    try (var files = Files.list(folder)) {
      List<Path> found = files.sorted().toList();
      assertThat(found.stream().map(Path::getFileName).map(Path::toString))
          .first()
          .isEqualTo("prompt-runner.log");
      assertThat(found).hasSizeBetween(2, 5);
      assertThat(found).allSatisfy(one -> assertThat(Files.size(one)).isLessThan(12_000_000));
    }
  }

  @Test
  void a_console_that_owns_the_screen_gets_warnings_but_no_events() {
    List<String> shown = new ArrayList<>();
    try (Logs.Open _ = Logs.toConsole(shown::add)) {
      LOG.info("quiet");
      LOG.warn("the socket of {} is deaf", "gpu0");
      new EventLog().on(new RunEvent.Warning(Instant.EPOCH, "disk", "full"));
    }
    LOG.debug("after the end");
    assertThat(shown).containsExactly("the socket of gpu0 is deaf");
  }

  @Test
  void the_level_of_the_settings_holds_until_the_file_is_closed() throws Exception {
    Path file = folder.resolve("debug.log");
    try (Logs.Open _ =
        Logs.toFile(file, new LogConfig(LogConfig.Level.DEBUG, LogConfig.Form.TEXT))) {
      LOG.debug("wanted");
      new EventLog().on(step());
    }
    assertThat(Files.readString(file)).contains("wanted", "walk_1/job_002: KSampler 1 of 8");
    try (Logs.Open _ = Logs.toFile(file, TEXT)) {
      LOG.debug("not wanted");
      new EventLog().on(step());
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  private static RunEvent step() {
    return new RunEvent.JobProgress(Instant.EPOCH, new JobId("walk_1/job_002"), "KSampler", 1, 8);
  }

  @Test
  void as_json_every_line_is_an_object_with_its_ids() throws Exception {
    Path file = folder.resolve("log.json");
    try (Logs.Open _ =
        Logs.toFile(file, new LogConfig(LogConfig.Level.INFO, LogConfig.Form.JSON))) {
      EventLog events = new EventLog();
      events.on(new RunEvent.RunStarted(Instant.EPOCH, new RunId("r-1"), "simulator", 1, 4));
      events.on(done());
      LOG.warn("two\nlines", new IllegalStateException("broken"));
    }
    var lines = Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1).path("event").stringValue()).isEqualTo("job_done");
    assertThat(lines.get(1).path("run").stringValue()).isEqualTo("r-1");
    assertThat(lines.get(1).path("work").stringValue()).isEqualTo("walk_1");
    assertThat(lines.get(1).path("job").stringValue()).isEqualTo("walk_1/job_002");
    assertThat(lines.get(1).path("message").stringValue()).contains("LOW done in 50 s");
    assertThat(Instant.parse(lines.get(2).path("at").stringValue())).isAfter(Instant.EPOCH);
    assertThat(lines.get(2).path("level").stringValue()).isEqualTo("WARN");
    assertThat(lines.get(2).path("message").stringValue()).isEqualTo("two\nlines");
    assertThat(lines.get(2).path("exception").stringValue())
        .startsWith("java.lang.IllegalStateException: broken");
  }

  @ParameterizedTest
  @EnumSource(LogConfig.Form.class)
  void what_is_hidden_is_in_no_line(LogConfig.Form form) throws Exception {
    String key = "rpa_\"Very\\Secret\"/Key=1";
    Logs.hide(Redaction.of(List.of(new Secret(key))));
    Path file = folder.resolve("log");
    List<String> shown = new ArrayList<>();
    try (Logs.Open _ = Logs.toFile(file, new LogConfig(LogConfig.Level.INFO, form));
        Logs.Open _ = Logs.toConsole(shown::add)) {
      LOG.warn("refused {}", key, new IllegalStateException("at /x?key=" + key));
      new EventLog().on(new RunEvent.Warning(Instant.EPOCH, "pod", "said " + key));
    }
    assertThat(Files.readString(file)).contains("refused ***").contains("said ***");
    assertThat(Files.readString(file) + shown).doesNotContain("Very").doesNotContain("Key=1");
  }
}
