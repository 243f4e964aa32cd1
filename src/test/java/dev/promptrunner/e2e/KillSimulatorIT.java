package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the server at seeded random moments, its start-up included, and the same
 * server again, while the program goes on. A server that comes back has forgotten everything; only
 * its files are left.
 *
 * <p>Runs with {@code ./mvnw -Pquick,crash verify}, because the program needs seconds to be sure
 * that a job is lost; {@code -Dkills=4} for a look.
 */
@Tag("crash")
class KillSimulatorIT {
  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final int CHUNKS = 6;
  private static final int FRAMES = 8 * CHUNKS;

  /** Milliseconds from the start of the process: a kill before or soon after it listens. */
  private static final int BIRTH = 2_000;

  /** Milliseconds from the start of a job: mostly in the middle of it. */
  private static final int JOB = 500;

  /**
   * Kills without a finished job between them: a server that loses job after job is given one after
   * 5, 10, 20, 40 s and so on, so more of them are no test of anything but patience.
   */
  private static final int IN_A_ROW = 3;

  @TempDir Path folder;
  private final Random random = new Random(20261122);
  private int port;
  private int killsInARow;

  @Test
  @Timeout(600)
  void what_the_server_had_finished_is_taken_from_its_disk() throws Exception {
    port = freePort();
    Studio studio = new Studio(folder).set("comfyui.url", "http://127.0.0.1:" + port);
    studio.set("frames-per-chunk", FRAMES / CHUNKS).set("retries", 100).set("keep", true);
    studio.prompt("walk", FRAMES, FRAMES + 4).prompt("turn", FRAMES, FRAMES + 4);
    int kills = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Child server = server();
      CompletableFuture<Studio.Run> run = CompletableFuture.supplyAsync(() -> run(studio), threads);
      try {
        while (kills < KILLS && !isOverBeforeTheMoment(run)) {
          server.kill();
          kills++;
          killsInARow++;
          server = server();
        }
        assertThat(run.join().exit()).isZero();
      } finally {
        server.close();
      }
    }
    assertThat(kills).as("kills before the run was over").isEqualTo(KILLS);
    verify(studio);
  }

  private void verify(Studio studio) throws Exception {
    Renders renders = Renders.of(journal());
    for (String name : new String[] {"walk", "turn"}) {
      assertThat(Studio.numbers(studio.finalVideo(name))).isEqualTo(Studio.counted(FRAMES, 2));
      renders.assertNoneTwice(name, CHUNKS);
    }
    assertThat(Renders.halfFiles(studio.output())).isEmpty();
    System.out.printf(
        "%d kills of the server: %d jobs begun, %d finished%n",
        KILLS, renders.count("started"), renders.count("success"));
  }

  /**
   * Waits for the moment of the next kill; true when the run is over before. Some kills follow a
   * job's end at once: its files are there, and nobody has been told.
   */
  private boolean isOverBeforeTheMoment(CompletableFuture<?> run) throws Exception {
    int kind = killsInARow < IN_A_ROW ? random.nextInt(4) : 1;
    Renders before = Renders.of(journal());
    if (kind == 1) {
      Child.await(
          () -> run.isDone() || Renders.of(journal()).count("success") > before.count("success"));
      killsInARow = 0;
      return run.isDone();
    }
    if (kind > 1) {
      Child.await(
          () -> run.isDone() || Renders.of(journal()).count("started") > before.count("started"));
    }
    try {
      run.get(random.nextInt(kind == 0 ? BIRTH : JOB), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  private Child server() throws Exception {
    Studio place =
        new Studio(folder.resolve("server"))
            .set("simulator.port", port)
            .set("simulator.step", "40ms");
    Map<String, String> settings = new HashMap<>(place.environment());
    settings.put("PROMPT_RUNNER_SIMULATOR_JOURNAL", journal().toString());
    return Child.start(folder.resolve("logs"), settings, "simulator");
  }

  private static Studio.Run run(Studio studio) {
    try {
      return studio.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
