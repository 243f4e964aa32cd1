package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server whose disk is not ours: what it needs is uploaded, what it makes comes by /view. */
@Timeout(120)
class RemoteServerIT {
  private static final int FRAMES = 60;

  @TempDir Path folder;

  @ParameterizedTest(name = "combine {0}")
  @ValueSource(strings = {"workflow", "append", "copy"})
  void every_file_goes_over_the_wire_and_no_frame_is_lost(String combine) throws Exception {
    SimulatorSettings bench =
        SimulatorSettings.under(folder.resolve("server")).withJournal(folder.resolve("journal"));
    try (Simulator server = Simulator.start(bench);
        Tap tap = Tap.beforeAnotherDisk(server.port())) {
      Studio studio = new Studio(folder).set("comfyui.url", tap.url()).set("combine", combine);
      studio.set("frames-per-chunk", 20).prompt("walk", FRAMES, FRAMES + 4);

      Studio.Run run = studio.run();

      assertThat(run.exit()).isZero();
      assertThat(Studio.numbers(studio.finalVideo("walk")))
          .isEqualTo(Studio.counted(FRAMES, combine.equals("copy") ? 1 : 2));
      // 3 latents and 3 segments at least; the control video, 2 references, 3 latents twice.
      assertThat(tap.requests("GET /view?")).isGreaterThanOrEqualTo(6);
      assertThat(tap.requests("POST /upload/image")).isGreaterThanOrEqualTo(9);
      assertThat(server.counters().succeeded()).isEqualTo(combine.equals("copy") ? 6 : 9);
    }
  }
}
