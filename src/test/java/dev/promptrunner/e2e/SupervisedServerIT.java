package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.promptrunner.event.RunEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program starts its server itself and keeps it running, whatever becomes of it in the middle
 * of a job.
 */
@Timeout(300)
@Tag("crash")
class SupervisedServerIT {
  private static final int CHUNKS = 3;
  private static final int FRAMES = 8 * CHUNKS;

  /** The trial job is the server's first, so this is the video's third. */
  private static final int STRUCK = 4;

  /** Percent; a simulator alone holds less than three on a machine that can build this. */
  private static final int GROWN = 6;

  private static final long MEMORY =
      ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();

  @TempDir Path folder;
  private int port;
  private Studio studio;
  private OwnServer server;

  @BeforeEach
  void prepare() throws Exception {
    port = OwnServer.freePort();
    studio = new Studio(folder).set("comfyui.url", "http://127.0.0.1:" + port);
    studio.set("frames-per-chunk", FRAMES / CHUNKS).prompt("walk", FRAMES, FRAMES + 4);
    studio.set("comfyui.stop-grace", "5s");
    server = new OwnServer(folder, studio.output());
  }

  @Test
  void a_server_killed_in_the_middle_of_a_job_is_noticed_within_a_second() throws Exception {
    studio.set("comfyui.command", server.command(""));
    Instant killed;
    CompletableFuture<Studio.Run> run;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run = CompletableFuture.supplyAsync(this::run, threads);
      Child.await(() -> run.isDone() || server.jobsStarted(port) >= 3);
      killed = Instant.now();
      OwnServer.kill(server.pid(port));
    }
    RunEvent.ServerDown down = finished(run.join(), "it ended with exit code 137: it was killed");
    Duration noticed = Duration.between(killed, down.at());
    System.out.println("a killed server was noticed after " + noticed.toMillis() + " ms");
    assertThat(noticed).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_dead_worker_thread_is_noticed_by_what_it_says() throws Exception {
    studio.set("comfyui.command", server.command("worker-death@" + STRUCK));
    Instant died;
    CompletableFuture<Studio.Run> run;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run = CompletableFuture.supplyAsync(this::run, threads);
      Child.await(() -> run.isDone() || server.log(port).contains("(prompt_worker)"));
      died = Instant.now();
    }
    RunEvent.ServerDown down = finished(run.join(), "the thread that runs its jobs has died");
    Duration noticed = Duration.between(died, down.at());
    System.out.println("a dead worker was noticed after " + noticed.toMillis() + " ms");
    assertThat(noticed).isLessThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void a_poisoned_gpu_is_started_anew() throws Exception {
    studio.set("comfyui.command", server.command("cuda-error@" + STRUCK));

    finished(run(), "CUDA error: an illegal memory access");
  }

  @Test
  void a_deaf_socket_costs_a_few_seconds() throws Exception {
    studio.set("comfyui.command", server.command("deaf@" + STRUCK));
    Studio.Run run = run();

    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    assertThat(run.of(RunEvent.ServerDown.class)).isEmpty();
    assertThat(run.of(RunEvent.JobDone.class))
        .allSatisfy(job -> assertThat(job.took()).isLessThan(Duration.ofSeconds(15)));
  }

  @Test
  void a_killed_runner_leaves_its_server_and_the_next_run_adopts_both() throws Exception {
    studio.set("comfyui.command", server.command(""));
    Path logs = folder.resolve("logs");
    try (Child runner = Child.start(logs, studio.environment(), "run", "--json")) {
      Child.await(() -> !runner.isAlive() || server.jobsStarted(port) >= 3);
      runner.kill();
    }
    long left = server.pid(port);
    Studio.Run run = run();

    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    Renders.of(server.journal(port)).assertOnce("walk", CHUNKS);
    assertThat(run.of(RunEvent.ServerDown.class)).isEmpty();
    assertThat(run.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("found running");
    assertThat(runs(left)).isFalse();
  }

  /** In a container with a limit all that runs in it counts, so that nothing can be foretold. */
  @Test
  @DisabledIf("inContainerWithLimit")
  void a_server_whose_memory_grows_is_started_anew_between_two_jobs() throws Exception {
    studio.set("comfyui.command", growing() + server.command(""));
    studio.set("comfyui.memory-watermark", GROWN - 1);
    CompletableFuture<Studio.Run> run;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run = CompletableFuture.supplyAsync(this::run, threads);
      Child.await(() -> run.isDone() || server.jobsStarted(port) >= 3);
      // However long that takes, there are jobs left to be done.
      OwnServer.signal("STOP", server.pid(port));
      Files.createFile(grow());
      Child.await(() -> run.isDone() || Files.exists(grown()));
      OwnServer.signal("CONT", server.pid(port));
    }
    finished(run.join(), "comfyui.memory-watermark is " + (GROWN - 1) + " %");
    assertThat(run.join().of(RunEvent.ServerDown.class).getFirst().action())
        .isEqualTo("it is started anew");
    assertThat(run.join().of(RunEvent.JobFailed.class)).isEmpty();
    Renders.of(server.journal(port)).assertOnce("walk", CHUNKS);
  }

  @Test
  void a_new_server_above_the_watermark_is_told_once_and_left_at_work() throws Exception {
    Files.createFile(grow());
    String whenGrown = "while [ ! -e '%s' ]; do sleep 0.1; done; ".formatted(grown());
    studio.set("comfyui.command", growing() + whenGrown + server.command(""));
    studio.set("comfyui.memory-watermark", GROWN - 1);
    Studio.Run run = run();

    assertThat(run.exit()).isZero();
    assertThat(run.of(RunEvent.ServerDown.class)).isEmpty();
    assertThat(run.of(RunEvent.Warning.class))
        .filteredOn(warning -> warning.message().contains("comfyui.memory-watermark"))
        .singleElement()
        .extracting(RunEvent.Warning::message)
        .asString()
        .contains("just after its start: it is not started anew for its memory");
  }

  static boolean inContainerWithLimit() throws IOException {
    Path limit = Path.of("/sys/fs/cgroup/memory.max");
    return Files.exists(limit) && !Files.readString(limit).strip().equals("max");
  }

  /** A child of the first process that holds this share of the memory once it is told to. */
  private String growing() {
    return "if [ ! -e '%s' ]; then (while [ ! -e '%s' ]; do sleep 0.1; done; exec %s) & fi; "
        .formatted(server.struck(), grow(), OwnServer.hog(MEMORY / 100 * GROWN, grown()));
  }

  private Path grow() {
    return folder.resolve("grow");
  }

  /** Is there once the memory is taken. */
  private Path grown() {
    return folder.resolve("grown");
  }

  /** What every story ends in: the whole video, and no server left behind. */
  private RunEvent.ServerDown finished(Studio.Run run, String found) throws Exception {
    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    Renders.of(server.journal(port)).assertNoneTwice("walk", CHUNKS);
    assertThat(run.of(RunEvent.ServerDown.class)).hasSize(1);
    assertThat(run.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("started", "restarted");
    assertThat(studio.output().resolve(".comfyui/" + port + ".json")).doesNotExist();
    RunEvent.ServerDown down = run.of(RunEvent.ServerDown.class).getFirst();
    assertThat(down.server()).isEqualTo("http://127.0.0.1:" + port);
    assertThat(run.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::server)
        .containsOnly(down.server());
    assertThat(down.found()).contains(found);
    return down;
  }

  /** A dead process whose parent has died too may stay as a zombie where nobody reaps it. */
  private static boolean runs(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private Studio.Run run() {
    try {
      return studio.run();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
