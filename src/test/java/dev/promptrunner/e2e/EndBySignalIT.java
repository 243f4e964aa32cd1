package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import dev.promptrunner.testing.FakeGcs;
import dev.promptrunner.testing.FakeGcs.Effect;
import dev.promptrunner.testing.FakeGcs.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as a process, ended by a signal in the middle of what it does. */
@Timeout(180)
@Tag("crash")
class EndBySignalIT {
  /** A spot pod has no more from SIGTERM to the end. */
  private static final Duration BUDGET = Duration.ofSeconds(5);

  private static final String STOPPING =
      "stopping: what is on the server stays there; the same command goes on from here; once more"
          + " to leave at once";

  private static final int CHUNKS = 2;
  private static final int FRAMES = 8 * CHUNKS;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void in_the_middle_of_a_render_it_says_how_to_go_on_and_the_next_run_takes_the_job_up(
      String signal) throws Exception {
    Path journal = folder.resolve("journal");
    SimulatorSettings bench =
        SimulatorSettings.under(folder.resolve("server"))
            .withTimes(Duration.ofMillis(250), Duration.ZERO)
            .withJournal(journal);
    try (Simulator server = Simulator.start(bench)) {
      Studio studio = studio().set("comfyui.url", server.url()).prompt("walk", FRAMES, FRAMES + 4);
      try (Child first = child(studio)) {
        Child.await(() -> Renders.of(journal).count("started") > 0 || !first.isAlive());
        first.signal(signal);
        assertEnded(first);
      }
      try (Child next = child(studio)) {
        assertThat(next.exit()).as(next.err()).isZero();
        assertThat(next.out()).contains("\"adopted\":true");
      }
      assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
      Renders.of(journal).assertOnce("walk", CHUNKS);
      assertThat(server.counters().started()).isEqualTo(3 * CHUNKS);
    }
  }

  @Test
  void in_the_middle_of_an_upload_it_begins_no_other_and_leaves_no_half_object() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Path bucket = Files.createDirectory(folder.resolve("gcs"));
    try (FakeGcs gcs = FakeGcs.start(bucket).withBucket("films")) {
      gcs.on(Kind.CHUNK, n -> n == 1, new Effect.First(() -> awaitQuietly(never)));
      Studio studio = studio().set("engine", "simulator");
      studio.set("deliver", "gs://films/night").set("delivery.host", gcs.host());
      studio.prompt("walk", FRAMES, FRAMES + 4).prompt("turn", FRAMES, FRAMES + 4);
      try (Child first = child(studio)) {
        Child.await(() -> bothAreReady(studio) && gcs.count(Kind.CHUNK) > 0 || !first.isAlive());
        int opened = gcs.count(Kind.OPEN);
        first.terminate();
        assertEnded(first);
        assertThat(gcs.count(Kind.OPEN)).isEqualTo(opened);
      }
      assertThat(gcs.names("films")).isEmpty();
      never.countDown(); // a store may still finish what it had heard whole
      assertStatusIsOpen(studio);
      try (Child next = child(studio)) {
        assertThat(next.exit()).as(next.err()).isZero();
      }
      assertThat(gcs.names("films")).hasSize(2);
      for (String name : gcs.names("films")) {
        assertThat(gcs.creations("films", name)).isOne();
      }
    }
  }

  @Test
  void while_it_waits_for_a_server_it_ends_too() throws Exception {
    Studio studio = studio().set("comfyui.url", "http://127.0.0.1:9").set("comfyui.wait", "10m");
    studio.prompt("walk", FRAMES, FRAMES + 4);
    try (Child run = child(studio)) {
      Child.await(() -> Files.exists(studio.output().resolve("state.db")) || !run.isAlive());
      run.signal("INT");
      assertThat(run.endsWithin(BUDGET)).as("ends in 5 s").isTrue();
      assertThat(run.exit()).as(run.err()).isEqualTo(130);
    }
  }

  private void assertEnded(Child run) throws Exception {
    assertThat(run.endsWithin(BUDGET)).as("ends in 5 s").isTrue();
    assertThat(run.exit()).as(run.err()).isEqualTo(130);
    assertThat(run.err()).containsOnlyOnce(STOPPING);
    assertThat(run.out()).doesNotContain("work_failed").doesNotContain("job_failed");
  }

  private void assertStatusIsOpen(Studio studio) throws Exception {
    try (Child status =
        Child.start(folder.resolve("logs"), studio.environment(), "status", "--json")) {
      assertThat(status.exit()).isZero();
      assertThat(status.out()).contains("130").doesNotContainIgnoringCase("\"failed\"");
    }
  }

  private boolean bothAreReady(Studio studio) {
    try (Stream<Path> finals = Files.list(studio.output().resolve("final"))) {
      return finals.filter(file -> file.toString().endsWith("_final.mp4")).count() == 2;
    } catch (IOException _) {
      return false;
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Studio studio() throws IOException {
    return new Studio(folder).set("frames-per-chunk", FRAMES / CHUNKS);
  }

  private Child child(Studio studio) throws IOException {
    return Child.start(folder.resolve("logs"), studio.environment(), "run", "--json");
  }
}
