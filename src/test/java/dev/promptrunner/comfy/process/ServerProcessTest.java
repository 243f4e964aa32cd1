package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.promptrunner.comfy.process.ServerRecord.Starter;
import dev.promptrunner.testing.ManualTime;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is there on paper only: no signal reaches it. */
class ServerProcessTest {
  /** Above the greatest pid that Linux gives. */
  private static final long PID = 1L << 30;

  @TempDir Path root;

  @Test
  void one_that_does_not_die_is_waited_for_half_a_minute_and_not_for_ever() throws Exception {
    ManualTime time = new ManualTime(Instant.EPOCH);
    ServerProcess stuck = ServerProcess.find(launch(), paper()).orElseThrow();

    assertThatThrownBy(() -> stuck.stop(Duration.ofSeconds(10), time))
        .isInstanceOf(ServerProcess.UnkillableException.class)
        .hasMessage("process " + PID + " does not die after SIGKILL: its GPU driver hangs");
    assertThat(time.instant()).isEqualTo(Instant.EPOCH.plusSeconds(40));
  }

  private Launch launch() {
    return new Launch(
        URI.create("http://127.0.0.1:8188"),
        "python",
        Map.of(),
        root,
        root,
        new Launch.Limits(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, 0));
  }

  private ProcFs paper() throws Exception {
    Path process = Files.createDirectories(root.resolve("proc").resolve(Long.toString(PID)));
    Files.writeString(
        process.resolve("stat"),
        PID + " (python) D 1 1 " + PID + " 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 77 0 0");
    ProcFs paper = new ProcFs(root.resolve("proc"));
    new ServerRecord(
            PID, 77, paper.boot(), Instant.EPOCH, "http://127.0.0.1:8188", "python", Starter.RUN)
        .write(launch().state());
    return paper;
  }
}
