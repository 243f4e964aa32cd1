package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one output root, and the end of the first by SIGTERM as a spot pod sends it. */
@Timeout(120)
class TwoProcessesIT {
  private static final int CHUNKS = 3;
  private static final int FRAMES = 8 * CHUNKS;

  @TempDir Path folder;
  private Path journal = Path.of("");

  @Test
  void the_second_is_refused_and_the_first_ends_at_once_and_goes_on_later() throws Exception {
    journal = folder.resolve("journal");
    SimulatorSettings bench =
        SimulatorSettings.under(folder.resolve("server"))
            .withTimes(Duration.ofMillis(250), Duration.ZERO)
            .withJournal(journal);
    try (Simulator server = Simulator.start(bench)) {
      Studio studio = new Studio(folder).set("comfyui.url", server.url());
      studio.set("frames-per-chunk", FRAMES / CHUNKS).prompt("walk", FRAMES, FRAMES + 4);
      try (Child first = child(studio, "run", "--json")) {
        Child.await(() -> Renders.of(journal).count("started") > 0 || !first.isAlive());
        assertSecondIsRefusedAndStateIsTold(studio, first);
        first.terminate();
        assertThat(first.endsWithin(Duration.ofSeconds(5))).as("ends in 5 s").isTrue();
        assertThat(first.exit()).isEqualTo(130);
      }
      assertThat(answer(studio, "status")).contains("ended").contains("exit code 130");
      assertGoesOn(studio, server);
    }
  }

  /** All at once, so that the first is still at it on a slow machine. */
  private void assertSecondIsRefusedAndStateIsTold(Studio studio, Child first) throws Exception {
    try (Child second = child(studio, "run", "--json");
        Child status = child(studio, "status");
        Child why = child(studio, "why", "job_001")) {
      assertThat(second.exit()).isEqualTo(2);
      assertThat(second.err())
          .contains("process " + first.pid() + " ")
          .contains("kill " + first.pid())
          .contains(studio.output().toString());
      assertThat(status.exit()).isZero();
      assertThat(status.out()).contains(", running").contains("walk");
      assertThat(why.exit()).isZero();
      assertThat(why.out()).contains("not done yet").contains("attempt 1");
    }
    assertThat(first.isAlive()).isTrue();
  }

  /** What was on the server when the first was ended is taken from there, not made again. */
  private void assertGoesOn(Studio studio, Simulator server) throws Exception {
    try (Child next = child(studio, "run", "--json")) {
      assertThat(next.exit()).as(next.err()).isZero();
    }
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    Renders.of(journal).assertOnce("walk", CHUNKS);
    assertThat(server.counters().started()).isEqualTo(3 * CHUNKS);
  }

  private String answer(Studio studio, String... command) throws Exception {
    try (Child child = child(studio, command)) {
      assertThat(child.exit()).as(child.err()).isZero();
      return child.out();
    }
  }

  private Child child(Studio studio, String... command) throws IOException {
    return Child.start(folder.resolve("logs"), studio.environment(), command);
  }
}
