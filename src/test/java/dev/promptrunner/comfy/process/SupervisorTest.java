package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.promptrunner.base.FailureException;
import dev.promptrunner.base.Sleeper;
import dev.promptrunner.comfy.ComfyServer;
import dev.promptrunner.comfy.ComfySettings;
import dev.promptrunner.comfy.process.ServerRecord.Starter;
import dev.promptrunner.event.RunEvent;
import dev.promptrunner.testing.LoopbackServer;
import dev.promptrunner.testing.ScriptedComfy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process that does nothing, and a scripted server that answers once there is one. */
@Timeout(60)
class SupervisorTest {
  private static final String DONE =
      "{\"outputs\":{},\"status\":{\"status_str\":\"success\",\"completed\":true,\"messages\":[]}}";
  private static final String STATS = "{\"system\":{\"comfyui_version\":\"1\",\"argv\":[]}}";
  private static final String STAYS = "exec sleep 300";

  @TempDir Path root;
  private final List<RunEvent> events = new CopyOnWriteArrayList<>();
  private ScriptedComfy server;
  private ComfyServer client;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedComfy();
    server.on(
        "GET /system_stats",
        (_, socket) -> {
          boolean started = Files.exists(launch(STAYS).state());
          LoopbackServer.json(socket, started ? 200 : 503, STATS);
          return true;
        });
    server.onJson(
        "GET /object_info", 200, "{\"EmptyImage\":{\"input\":{}},\"PreviewImage\":{\"input\":{}}}");
    for (int i = 0; i < 20; i++) {
      server.next(id -> server.finish(id, DONE));
    }
    client =
        new ComfyServer(
            ComfySettings.of(server.url()),
            UUID.randomUUID().toString(),
            InstantSource.system(),
            Sleeper.SYSTEM);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private Launch launch(String command) {
    return new Launch(
        URI.create("http://127.0.0.1:" + server.url().getPort()),
        command,
        Map.of("PATH", System.getenv("PATH")),
        root,
        root,
        new Launch.Limits(
            Duration.ofSeconds(20), Duration.ofSeconds(5), 2, Duration.ofMinutes(30), 0));
  }

  /** Pauses of seconds are left out: they are the restarts' back-off. */
  private Supervisor begin(Launch launch) {
    Sleeper quick =
        time ->
            Sleeper.SYSTEM.sleep(
                time.toMillis() >= 1_000 && time.toMillis() < 20_000 ? Duration.ZERO : time);
    return Supervisor.begin(
        launch, client, new Supervisor.World(InstantSource.system(), quick, events::add));
  }

  private Optional<ServerRecord> record(Launch launch) throws IOException {
    return ServerRecord.read(launch.state());
  }

  /** A process that this program has started, as if an earlier one had. */
  private ServerProcess left(Launch launch, Starter by) throws IOException {
    return ServerProcess.start(launch, by, InstantSource.system(), ProcFs.SYSTEM);
  }

  @Test
  void what_an_earlier_run_has_left_is_found_and_stopped_at_the_end() throws Exception {
    Launch launch = launch(STAYS);
    ServerProcess earlier = left(launch, Starter.RUN);
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
      assertThat(record(launch).map(ServerRecord::pid)).hasValue(earlier.pid());
      supervisor.mayStop();
    }
    assertThat(earlier.isAlive()).isFalse();
    assertThat(launch.state()).doesNotExist();
    assertThat(events).singleElement().extracting("how").isEqualTo("found running");
  }

  @Test
  void a_damaged_record_of_a_server_is_taken_as_none() throws Exception {
    Launch launch = launch(STAYS);
    Files.createDirectories(launch.state().getParent());
    for (String damaged : List.of("", "{\"pid\":", "{}", "[1]")) {
      Files.writeString(launch.state(), damaged);
      assertThat(ServerProcess.find(launch, ProcFs.SYSTEM)).as(damaged).isEmpty();
    }
  }

  @Test
  void an_error_of_this_program_ends_the_wait_for_the_server() {
    Supervisor.World world =
        new Supervisor.World(
            InstantSource.system(),
            Sleeper.SYSTEM,
            _ -> {
              throw new StackOverflowError("of a listener");
            });
    try (Supervisor supervisor = Supervisor.begin(launch(STAYS), client, world)) {
      FailureException failure = catchThrowableOfType(FailureException.class, supervisor::awaitUp);

      assertThat(failure.failure().found())
          .isEqualTo("this program could not go on: java.lang.StackOverflowError: of a listener");
    }
  }

  @Test
  void what_a_person_has_started_goes_on_also_after_it_had_to_be_started_again() throws Exception {
    Launch launch = launch(STAYS);
    ServerProcess earlier = left(launch, Starter.PERSON);
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
      earlier.kill();
      await().until(() -> events.size() == 3);
    }
    ServerProcess now = ServerProcess.find(launch, ProcFs.SYSTEM).orElseThrow();
    assertThat(now.pid()).isNotEqualTo(earlier.pid());
    now.kill();
  }

  @Test
  void a_server_with_jobs_is_left_to_the_next_run_unless_nobody_needs_them() throws Exception {
    Launch launch = launch(STAYS);
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
      supervisor.use();
    }
    ServerProcess left = ServerProcess.find(launch, ProcFs.SYSTEM).orElseThrow();
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
    }
    assertThat(left.isAlive()).isTrue();
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
      supervisor.use();
      supervisor.mayStop();
    }
    assertThat(left.isAlive()).isFalse();
  }

  @Test
  void a_server_that_was_started_for_nothing_is_stopped() throws Exception {
    Launch launch = launch(STAYS);
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
    }
    assertThat(ServerProcess.find(launch, ProcFs.SYSTEM)).isEmpty();
  }

  @Test
  void it_gives_up_when_the_server_ends_too_often_and_says_how() throws Exception {
    Path proof = root.resolve("starts");
    Launch launch = launch("echo start >> '" + proof + "'; echo broken; exit 139");
    try (Supervisor supervisor = begin(launch)) {
      FailureException failure = null;
      while (failure == null) {
        failure = catchThrowableOfType(FailureException.class, supervisor::awaitUp);
      }
      assertThat(failure.failure().kind()).isEqualTo("ServerLost");
      assertThat(failure.failure().sentence())
          .startsWith("keeping ComfyUI running on " + server.url())
          .contains("it was down 3 times in ")
          .contains(
              ", the last time: it ended with exit code 139: a native library crashed (SIGSEGV)")
          .contains("its log ends with 'broken'")
          .contains("see " + launch.log());
    }
    assertThat(Files.readAllLines(proof)).hasSize(3);
    assertThat(events.stream().filter(RunEvent.ServerDown.class::isInstance))
        .extracting("action")
        .containsExactly(
            "it is started again after 1 s",
            "it is started again after 2 s",
            "it is not started again");
  }

  @Test
  void a_command_that_the_shell_does_not_find_is_not_tried_again() {
    try (Supervisor supervisor = begin(launch("no-such-program-anywhere"))) {
      FailureException failure = null;
      while (failure == null) {
        failure = catchThrowableOfType(FailureException.class, supervisor::awaitUp);
      }
      assertThat(failure.failure().found())
          .startsWith(
              "it was down once: it ended with exit code 127: the shell does not find the command");
    }
    assertThat(events).filteredOn(RunEvent.ServerDown.class::isInstance).hasSize(1);
  }

  @Test
  void a_planned_start_asks_the_process_to_end_and_is_told_by_who_wished_it() throws Exception {
    Path asked = root.resolve("asked");
    Path hears = root.resolve("hears");
    Path script =
        Files.writeString(
            root.resolve("server.sh"),
            "trap 'touch \"%s\"; exit 0' INT; touch '%s'; while :; do sleep 1; done"
                .formatted(asked, hears));
    // Whoever builds in the background lets all that is started ignore SIGINT.
    Launch launch = launch("exec env --default-signal=INT bash '" + script + "'");
    try (Supervisor supervisor = begin(launch)) {
      supervisor.awaitUp();
      await().until(() -> Files.exists(hears));
      long before = record(launch).orElseThrow().pid();
      assertThat(supervisor.restart("its memory is full")).isTrue();
      supervisor.awaitUp();

      assertThat(record(launch).orElseThrow().pid()).isNotEqualTo(before);
    }
    assertThat(asked).exists();
    assertThat(events).extracting("how").containsExactly("started", "restarted");
  }

  @Test
  void new_starts_that_are_asked_for_again_and_again_come_to_an_end() throws Exception {
    try (Supervisor supervisor = begin(launch(STAYS))) {
      for (int i = 0; i < 3; i++) {
        supervisor.awaitUp();
        assertThat(supervisor.restart("its GPU answers 'CUDA error: illegal address'")).isTrue();
      }
      FailureException failure = catchThrowableOfType(FailureException.class, supervisor::awaitUp);

      assertThat(failure.failure().found())
          .startsWith("it was down 3 times in ")
          .contains(", the last time: its GPU answers 'CUDA error: illegal address'");
      assertThat(supervisor.restart("once more")).isFalse();
    }
    assertThat(events).extracting("how").containsExactly("started", "restarted", "restarted");
  }

  @Test
  void the_children_of_a_server_end_with_it() throws Exception {
    Launch launch = launch("sleep 301 & sleep 302 & wait");
    Supervisor supervisor = begin(launch);
    supervisor.awaitUp();
    long leader = record(launch).orElseThrow().pid();
    await().until(() -> ProcFs.SYSTEM.session(leader).size() == 3);
    supervisor.close();

    await().until(() -> ProcFs.SYSTEM.session(leader).isEmpty());
  }
}
