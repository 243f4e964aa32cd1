package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the program at seeded random moments of its whole life, from the start of its
 * JVM on, and the same command again, until the videos are finished; then new videos, until there
 * were enough kills. The server goes on meanwhile, as a real one does.
 *
 * <p>Runs with {@code ./mvnw -Pquick,crash verify}, because every life costs the start of a JVM;
 * {@code -Dkills=4} for a look.
 */
@Tag("crash")
class KillRunnerIT {
  private static final int KILLS = Integer.getInteger("kills", 40);
  private static final int CHUNKS = 6;
  private static final int FRAMES = 8 * CHUNKS;

  /** Milliseconds after the first event within which most kills fall: some jobs. */
  private static final int LIFE = 900;

  /** The same from the start of the process, for the others. */
  private static final int BIRTH = 1_500;

  @TempDir Path folder;
  private final Random random = new Random(20261121);
  private Path journal = Path.of("");
  private int rounds;

  @Test
  @Timeout(600)
  void no_finished_job_is_rendered_twice_and_no_frame_is_lost() throws Exception {
    journal = folder.resolve("journal");
    SimulatorSettings bench =
        SimulatorSettings.under(folder.resolve("server"))
            .withTimes(Duration.ofMillis(25), Duration.ZERO)
            .withJournal(journal);
    try (Simulator server = Simulator.start(bench)) {
      Studio studio = studio(server);
      for (int kills = 0; kills < KILLS; ) {
        try (Child runner =
            Child.start(folder.resolve("logs"), studio.environment(), "run", "--json")) {
          if (survives(runner)) {
            verify(studio, runner);
            studio = studio(server);
          } else {
            runner.kill();
            kills++;
          }
        }
      }
      try (Child last =
          Child.start(folder.resolve("logs"), studio.environment(), "run", "--json")) {
        verify(studio, last);
      }
      assertThat(server.counters().failed() + server.counters().interrupted()).isZero();
    }
    System.out.println(KILLS + " kills, " + rounds + " runs of 36 jobs finished between them");
  }

  /** Two new videos on an output root of their own. */
  private Studio studio(Simulator server) throws Exception {
    rounds++;
    Studio studio = new Studio(folder.resolve("round" + rounds)).set("comfyui.url", server.url());
    studio.set("frames-per-chunk", FRAMES / CHUNKS);
    studio.set("deliver", folder.resolve("round" + rounds + "/delivered").toUri());
    for (String name : names()) {
      studio.prompt(name, FRAMES, FRAMES + 4);
    }
    return studio;
  }

  private List<String> names() {
    return List.of("walk" + rounds, "turn" + rounds);
  }

  /** Whether the process comes to its end before its moment. */
  private boolean survives(Child runner) throws Exception {
    boolean early = random.nextInt(4) == 0;
    Duration moment = Duration.ofMillis(random.nextInt(early ? BIRTH : LIFE));
    if (!early) {
      runner.awaitOutput("{");
    }
    return runner.endsWithin(moment);
  }

  private void verify(Studio studio, Child runner) throws Exception {
    assertThat(runner.exit()).as(runner.err()).isZero();
    for (String name : names()) {
      assertThat(Studio.numbers(studio.finalVideo(name))).isEqualTo(Studio.counted(FRAMES, 2));
      Renders.of(journal).assertOnce(name, CHUNKS);
    }
    assertThat(Renders.halfFiles(studio.output())).isEmpty();
    try (var archives = Files.list(folder.resolve("round" + rounds + "/delivered"))) {
      assertThat(archives).hasSize(2);
    }
  }
}
