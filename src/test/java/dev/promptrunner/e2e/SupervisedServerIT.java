package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.event.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program starts its server itself and keeps it running, whatever becomes of it in the middle
 * of a job.
 */
@Timeout(300)
class SupervisedServerIT {
  private static final int CHUNKS = 3;
  private static final int FRAMES = 8 * CHUNKS;

  /** The trial job is the server's first, so this is the video's third. */
  private static final int STRUCK = 4;

  @TempDir Path folder;
  private int port;
  private Studio studio;

  @BeforeEach
  void prepare() throws Exception {
    port = freePort();
    studio = new Studio(folder).set("comfyui.url", "http://127.0.0.1:" + port);
    studio.set("frames-per-chunk", FRAMES / CHUNKS).prompt("walk", FRAMES, FRAMES + 4);
    studio.set("comfyui.stop-grace", "5s");
  }

  @Test
  void a_server_killed_in_the_middle_of_a_job_is_noticed_within_a_second() throws Exception {
    studio.set("comfyui.command", server(""));
    Instant killed;
    CompletableFuture<Studio.Run> run;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run = CompletableFuture.supplyAsync(this::run, threads);
      Child.await(() -> run.isDone() || jobsStarted() >= 3);
      killed = Instant.now();
      kill(pid());
    }
    RunEvent.ServerDown down = finished(run.join(), "it ended with exit code 137: it was killed");
    Duration noticed = Duration.between(killed, down.at());
    System.out.println("a killed server was noticed after " + noticed.toMillis() + " ms");
    assertThat(noticed).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_dead_worker_thread_is_noticed_by_what_it_says() throws Exception {
    studio.set("comfyui.command", server("worker-death@" + STRUCK));
    Instant died;
    CompletableFuture<Studio.Run> run;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      run = CompletableFuture.supplyAsync(this::run, threads);
      Child.await(() -> run.isDone() || log().contains("(prompt_worker)"));
      died = Instant.now();
    }
    RunEvent.ServerDown down = finished(run.join(), "the thread that runs its jobs has died");
    Duration noticed = Duration.between(died, down.at());
    System.out.println("a dead worker was noticed after " + noticed.toMillis() + " ms");
    assertThat(noticed).isLessThanOrEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void a_poisoned_gpu_is_started_anew() throws Exception {
    studio.set("comfyui.command", server("cuda-error@" + STRUCK));

    finished(run(), "CUDA error: an illegal memory access");
  }

  @Test
  void a_deaf_socket_costs_a_few_seconds() throws Exception {
    studio.set("comfyui.command", server("deaf@" + STRUCK));
    Studio.Run run = run();

    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    assertThat(run.of(RunEvent.ServerDown.class)).isEmpty();
    assertThat(run.of(RunEvent.JobDone.class))
        .allSatisfy(job -> assertThat(job.took()).isLessThan(Duration.ofSeconds(15)));
  }

  @Test
  void a_killed_runner_leaves_its_server_and_the_next_run_adopts_both() throws Exception {
    studio.set("comfyui.command", server(""));
    Path logs = folder.resolve("logs");
    try (Child runner = Child.start(logs, studio.environment(), "run", "--json")) {
      Child.await(() -> !runner.isAlive() || jobsStarted() >= 3);
      runner.kill();
    }
    long left = pid();
    Studio.Run run = run();

    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    Renders.of(journal()).assertOnce("walk", CHUNKS);
    assertThat(run.of(RunEvent.ServerDown.class)).isEmpty();
    assertThat(run.of(RunEvent.ServerUp.class))
        .extracting(RunEvent.ServerUp::how)
        .containsExactly("found running");
    assertThat(runs(left)).isFalse();
  }

  /** What every story ends in: the whole video, and no server left behind. */
  private RunEvent.ServerDown finished(Studio.Run run, String found) throws Exception {
    assertThat(run.exit()).isZero();
    assertThat(Studio.numbers(studio.finalVideo("walk"))).isEqualTo(Studio.counted(FRAMES, 2));
    Renders.of(journal()).assertNoneTwice("walk", CHUNKS);
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

  /**
   * The simulator as a shell command.
   *
   * @param fault of the first process only
   */
  private String server(String fault) {
    Path once = folder.resolve("struck");
    return "if [ -e '%s' ]; then F=; else F='%s'; touch '%s'; fi; exec env %s %s simulator"
        .formatted(once, fault, once, variables(), java());
  }

  private String variables() {
    return "PROMPT_RUNNER_SIMULATOR_FAULTS=\"$F\" PROMPT_RUNNER_SIMULATOR_STEP=40ms"
        + " PROMPT_RUNNER_SIMULATOR_PORT=${port} PROMPT_RUNNER_OUTPUT='%s'"
            .formatted(folder.resolve("server"))
        + " PROMPT_RUNNER_SIMULATOR_JOURNAL='%s'".formatted(journal());
  }

  private static String java() {
    return "'%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED"
            .formatted(System.getProperty("java.home"))
        + " -cp '%s' dev.promptrunner.cli.Main".formatted(System.getProperty("java.class.path"));
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  private long jobsStarted() {
    return Renders.of(journal()).lines().stream()
        .filter(line -> line.event().equals("started") && !line.outputs().isEmpty())
        .count();
  }

  private String log() {
    Path log = studio.output().resolve("logs/comfyui-" + port + ".log");
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long pid() throws IOException {
    Path state = studio.output().resolve(".comfyui/" + port + ".json");
    return JsonMapper.builder().build().readTree(Files.readString(state)).path("pid").longValue();
  }

  /** A dead process whose parent has died too may stay as a zombie where nobody reaps it. */
  private static boolean runs(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private static void kill(long pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor()).isZero();
  }

  private Studio.Run run() {
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
