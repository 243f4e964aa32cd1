package dev.promptrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.JobId;
import dev.promptrunner.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogsTest {
  private static final Logger LOG = LoggerFactory.getLogger("dev.promptrunner.somewhere.Place");
  @TempDir private Path folder;

  private static RunEvent done() {
    return new RunEvent.JobDone(
        Instant.EPOCH, new JobId("walk_1/job_002"), "LOW", Duration.ofSeconds(50), 100);
  }

  @Test
  void writes_messages_and_events_to_the_file_one_line_each() throws Exception {
    Path file = folder.resolve("logs/prompt-runner.log");
    try (Logs.Open _ = Logs.toFile(file)) {
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

  @Test
  void rolls_at_ten_megabytes_over_at_most_five_files() throws Exception {
    Path file = folder.resolve("prompt-runner.log");
    String line = "x".repeat(100_000);
    try (Logs.Open _ = Logs.toFile(file)) {
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
}
