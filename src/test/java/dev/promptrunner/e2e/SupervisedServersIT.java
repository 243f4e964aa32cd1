package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers of the program's own that can be started no more in the middle of a run. */
@Timeout(300)
class SupervisedServersIT {
  private static final int CHUNK = 8;
  private static final int FRAMES = 4 * CHUNK;

  @TempDir Path folder;
  private Studio studio;
  private OwnServer server;
  private int one;
  private int two;

  @BeforeEach
  void prepare() throws Exception {
    one = OwnServer.freePort();
    two = OwnServer.freePort();
    studio = new Studio(folder).set("frames-per-chunk", CHUNK);
    server = new OwnServer(folder, studio.output());
    studio.set("comfyui.command", server.command("")).set("comfyui.restarts", 1);
  }

  @Test
  void the_jobs_of_a_server_that_is_given_up_go_to_the_other() throws Exception {
    studio.set("comfyui.url", url(one) + "," + url(two));
    studio.prompt("hill", FRAMES, FRAMES + 4).prompt("walk", FRAMES, FRAMES + 4);

    Studio.Run run = runUntil(() -> server.jobsStarted(one) >= 2 && server.jobsStarted(two) >= 1);

    assertThat(run.exit()).isZero();
    for (String name : List.of("hill", "walk")) {
      assertThat(Studio.numbers(studio.finalVideo(name))).isEqualTo(Studio.counted(FRAMES, 2));
    }
    assertGivenUp(run);
    assertThat(run.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::server)
        .containsExactlyInAnyOrder(url(one), url(two));
    assertThat(server.jobsStarted(two)).isGreaterThan(server.jobsStarted(one));
  }

  @Test
  void the_end_of_the_only_server_ends_the_run_and_what_was_finished_is_delivered()
      throws Exception {
    studio.set("comfyui.url", url(one)).set("deliver", folder.resolve("shop").toUri());
    studio.prompt("a", CHUNK, CHUNK + 4).prompt("b", 8 * CHUNK, 8 * CHUNK + 4);

    Studio.Run run = runUntil(() -> Files.exists(studio.finalVideo("a")));

    assertThat(run.exit()).isEqualTo(4);
    assertThat(Studio.numbers(studio.finalVideo("a"))).isEqualTo(Studio.counted(CHUNK, 2));
    assertThat(run.of(RunEvent.Delivered.class))
        .singleElement()
        .extracting(RunEvent.Delivered::work)
        .asString()
        .startsWith("a_");
    assertThat(run.of(RunEvent.WorkDone.class)).hasSize(1);
    assertThat(studio.finalVideo("b")).doesNotExist();
    assertGivenUp(run);
  }

  /** How often, and its last words; its loss is told once. */
  private void assertGivenUp(Studio.Run run) {
    assertThat(run.of(RunEvent.ServerDown.class))
        .singleElement()
        .satisfies(
            down -> {
              assertThat(down.server()).isEqualTo(url(one));
              assertThat(down.found()).startsWith("it ended with exit code 137: it was killed");
              assertThat(down.action()).isEqualTo("it is started again after 1 s");
            });
    assertThat(run.of(RunEvent.Warning.class))
        .filteredOn(warning -> warning.subject().equals(url(one)))
        .singleElement()
        .extracting(RunEvent.Warning::message)
        .asString()
        .contains(
            "keeping ComfyUI running on " + url(one) + ": it was down 2 times in ",
            ", the last time: it ended with exit code 1: ",
            OwnServer.LAST_WORDS + "'",
            "see " + studio.output().resolve("logs/comfyui-" + one + ".log"));
  }

  private Studio.Run runUntil(BooleanSupplier killed) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Studio.Run> run = CompletableFuture.supplyAsync(this::run, threads);
      Child.await(() -> run.isDone() || killed.getAsBoolean());
      server.killForGood(one);
      return run.join();
    }
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private Studio.Run run() {
    try {
      return studio.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
