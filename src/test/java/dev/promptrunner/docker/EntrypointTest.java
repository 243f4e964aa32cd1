package dev.promptrunner.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The entrypoint's own logic, with stand-ins for Java, ComfyUI and curl on its path. */
class EntrypointTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  /** Plays ComfyUI: notes its arguments and lives until it is interrupted. */
  private static final String COMFYUI =
      """
      echo "comfyui $*" >> "$WORK/calls"
      trap 'echo "comfyui got INT" >> "$WORK/calls"; exit 0' INT
      trap 'echo "comfyui got TERM" >> "$WORK/calls"; exit 143' TERM
      touch "$WORK/started"
      while true; do sleep 60 & wait $!; done
      """;

  /** Answers from the third look on. */
  private static final String CURL =
      """
      echo "curl ${*: -1}" >> "$WORK/calls"
      [ -e "$WORK/started" ] && [ "$(grep -c ^curl "$WORK/calls")" -ge 3 ]
      """;

  /** Plays the runner and ends at once. */
  private static final String RUNNER =
      """
      echo "java $*" >> "$WORK/calls"
      exit "${RUNNER_EXIT:-0}"
      """;

  /** Plays the runner and ends only when it is told to. */
  private static final String LONG_RUNNER =
      """
      echo "java $*" >> "$WORK/calls"
      trap 'echo "java got TERM" >> "$WORK/calls"; exit 130' TERM
      trap 'echo "java got INT" >> "$WORK/calls"; exit 131' INT
      touch "$WORK/running"
      while true; do sleep 60 & wait $!; done
      """;

  @TempDir private Path work;
  private final Map<String, String> environment = new TreeMap<>();
  private Process entrypoint;

  @BeforeEach
  void standIns() throws IOException {
    Files.createDirectories(work.resolve("bin"));
    Files.createDirectories(work.resolve("ComfyUI"));
    Files.createDirectories(work.resolve("home/workflows"));
    Files.writeString(work.resolve("home/workflows/wan22-vace.yaml"), "shipped");
    Files.createFile(work.resolve("calls"));
    program("python3", COMFYUI);
    program("curl", CURL);
    program("java", RUNNER);
    environment.put("WORK", work.toString());
    environment.put("PATH", work.resolve("bin") + ":/usr/bin:/bin");
    environment.put("RUNNER_HOME", work.resolve("home").toString());
    environment.put("COMFYUI_DIR", work.resolve("ComfyUI").toString());
    environment.put("COMFYUI_LOG", work.resolve("comfyui.log").toString());
    environment.put("COMFYUI_POLL", "0.05");
    environment.put("TMPDIR", work.toString());
  }

  @AfterEach
  void nothingIsLeft() {
    if (entrypoint != null) {
      var all = entrypoint.descendants().toList();
      entrypoint.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void runs_when_comfyui_answers_and_ends_comfyui_afterwards() throws Exception {
    start("run", "--watch", "two words");

    assertThat(exitCode()).as(output()).isZero();
    assertThat(calls())
        .containsSubsequence(
            "curl http://127.0.0.1:8188/system_stats",
            "comfyui main.py --listen 127.0.0.1 --port 8188",
            "curl http://127.0.0.1:8188/system_stats",
            "java -XX:+UseSerialGC -Dorg.bytedeco.javacpp.cachedir="
                + work
                + "/javacpp -jar "
                + work
                + "/home/prompt-runner.jar run --watch two words",
            "comfyui got INT");
    assertThat(output()).contains("ComfyUI answers at http://127.0.0.1:8188 after");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "5", "130"})
  void passes_on_the_runners_exit_code(int code) throws Exception {
    environment.put("RUNNER_EXIT", Integer.toString(code));
    start("run");

    assertThat(exitCode()).as(output()).isEqualTo(code);
  }

  @Test
  void says_in_plain_words_that_comfyui_died_at_the_start() throws Exception {
    program("python3", "echo 'ModuleNotFoundError: torch'; echo 'last line' >&2; exit 3");
    program("curl", "exit 7");
    start("run");

    assertThat(exitCode()).isEqualTo(4);
    assertThat(output())
        .contains(
            "ComfyUI ended with exit code 3 before it answered at http://127.0.0.1:8188.",
            "the last lines of " + work + "/comfyui.log:",
            "ModuleNotFoundError: torch",
            "last line");
    assertThat(calls()).noneMatch(call -> call.startsWith("java"));
  }

  @Test
  void does_not_wait_for_ever_for_a_comfyui_that_is_alive_and_deaf() throws Exception {
    program("curl", "exit 7");
    environment.put("COMFYUI_START_LIMIT", "1");
    start("run");

    assertThat(exitCode()).isEqualTo(4);
    assertThat(output())
        .contains("ComfyUI is alive, but did not answer at http://127.0.0.1:8188 within 1 seconds")
        .contains("COMFYUI_START_LIMIT");
    assertThat(calls()).contains("comfyui got INT");
  }

  @ParameterizedTest
  @CsvSource({"TERM,130", "INT,131"})
  void forwards_a_signal_to_the_runner_and_then_interrupts_comfyui(String signal, int code)
      throws Exception {
    program("java", LONG_RUNNER);
    start("run");
    await("running");

    signal(signal);

    assertThat(exitCode()).as(output()).isEqualTo(code);
    assertThat(calls()).containsSubsequence("java got " + signal, "comfyui got INT");
    assertThat(calls()).doesNotContain("comfyui got TERM");
  }

  @Test
  void ends_at_once_when_a_signal_comes_before_comfyui_answers() throws Exception {
    program("curl", "exit 7");
    start("run");
    await("started");

    signal("TERM");

    assertThat(exitCode()).as(output()).isEqualTo(130);
    assertThat(calls()).contains("comfyui got INT").noneMatch(call -> call.startsWith("java"));
  }

  @Test
  void kills_a_comfyui_that_does_not_end_by_itself_with_its_children() throws Exception {
    program(
        "python3",
        """
        trap '' INT
        sleep 60 &
        echo $! > "$WORK/child"
        touch "$WORK/started"
        while true; do sleep 60 & wait $!; done
        """);
    environment.put("COMFYUI_STOP_GRACE", "1");
    start("run");

    assertThat(exitCode()).as(output()).isZero();
    assertThat(output()).contains("ComfyUI did not end by itself: killing it.");
    long child = Long.parseLong(Files.readString(work.resolve("child")).strip());
    Awaitility.await()
        .atMost(BOUND)
        .until(() -> ProcessHandle.of(child).map(c -> !c.isAlive()).orElse(true));
  }

  @ParameterizedTest
  @CsvSource({"http://gpu2:8188", "https://gpu2", "'http://gpu2:8188,http://gpu3:8188=combine'"})
  void starts_no_comfyui_when_the_server_is_elsewhere(String url) throws Exception {
    environment.put("COMFYUI_URL", url);
    start("run");

    assertThat(exitCode()).isZero();
    assertThat(output()).contains("COMFYUI_URL names no server of this machine");
    assertThat(calls()).singleElement().asString().startsWith("java");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:9000/,9000,http://localhost:9000",
    "'http://gpu2:8188, http://127.0.0.1:8200=high+low',8200,http://127.0.0.1:8200",
    "http://127.0.0.1,80,http://127.0.0.1"
  })
  void starts_comfyui_on_the_port_of_its_own_address(String url, int port, String address)
      throws Exception {
    environment.put("COMFYUI_URL", url);
    start("run");

    assertThat(exitCode()).as(output()).isZero();
    assertThat(calls())
        .contains(
            "comfyui main.py --listen 127.0.0.1 --port " + port,
            "curl " + address + "/system_stats");
  }

  @Test
  void starts_no_comfyui_when_its_command_is_empty() throws Exception {
    environment.put("COMFYUI_COMMAND", "");
    start("run");

    assertThat(exitCode()).isZero();
    assertThat(output()).contains("COMFYUI_COMMAND is empty");
    assertThat(calls()).singleElement().asString().startsWith("java");
  }

  @ParameterizedTest
  @CsvSource({"plan", "status", "config show", "--help", "run --engine simulator"})
  void starts_no_comfyui_for_what_needs_none(String arguments) throws Exception {
    start(arguments.split(" "));

    assertThat(exitCode()).isZero();
    assertThat(calls()).singleElement().asString().endsWith(arguments);
  }

  @Test
  void leaves_a_comfyui_alone_that_is_there_already() throws Exception {
    program("curl", "exit 0");
    start("run");

    assertThat(exitCode()).isZero();
    assertThat(output()).contains("ComfyUI answers at http://127.0.0.1:8188 already");
    assertThat(calls()).singleElement().asString().startsWith("java");
  }

  @Test
  void runs_the_users_own_command_in_a_shell() throws Exception {
    environment.put("COMFYUI_COMMAND", "EXTRA=1 && python3 main.py --lowvram");
    start("run");

    assertThat(exitCode()).as(output()).isZero();
    assertThat(calls()).contains("comfyui main.py --lowvram", "comfyui got INT");
  }

  @Test
  void asks_by_python_where_there_is_no_curl() throws Exception {
    Files.delete(work.resolve("bin/curl"));
    environment.put("PATH", bareBin());
    program(
        "python3",
        """
        if [ "$1" = -c ]; then
          echo "asked $3" >> "$WORK/calls"
          [ -e "$WORK/started" ]
          exit
        fi
        """
            + COMFYUI);
    start("run");

    assertThat(exitCode()).as(output()).isZero();
    assertThat(calls()).contains("asked http://127.0.0.1:8188/system_stats");
  }

  @Test
  void says_where_it_looked_when_there_is_no_comfyui() throws Exception {
    environment.put("COMFYUI_DIR", work.resolve("nowhere").toString());
    start("run");

    assertThat(exitCode()).isEqualTo(4);
    assertThat(output()).contains("there is no ComfyUI", "Set COMFYUI_DIR to it, or COMFYUI_URL");
  }

  @Test
  void brings_the_workflows_along_once_and_leaves_changed_ones_alone() throws Exception {
    environment.put("COMFYUI_COMMAND", "");
    start("run");
    assertThat(exitCode()).as(output()).isZero();
    Path recipe = work.resolve("workflows/wan22-vace.yaml");
    assertThat(recipe).hasContent("shipped");
    Files.writeString(recipe, "mine");

    start("run");

    assertThat(exitCode()).isZero();
    assertThat(recipe).hasContent("mine");
  }

  @Test
  void prefers_the_runtime_it_brings_and_takes_more_options() throws Exception {
    Files.createDirectories(work.resolve("home/runtime/bin"));
    Files.move(work.resolve("bin/java"), work.resolve("home/runtime/bin/java"));
    environment.put("COMFYUI_COMMAND", "");
    environment.put("JAVA_OPTS", "-Xmx1g -Dx=y");
    start("run");

    assertThat(exitCode()).as(output()).isZero();
    assertThat(calls()).singleElement().asString().contains(" -Xmx1g -Dx=y -jar ");
  }

  /** A path with what the script needs and without curl. */
  private String bareBin() throws IOException {
    Path bin = work.resolve("bin");
    for (String name : List.of("bash", "sleep", "tail", "cp", "grep", "touch")) {
      program(name, "exec /usr/bin/" + name + " \"$@\"\n");
    }
    return bin.toString();
  }

  private void program(String name, String script) throws IOException {
    Path file = work.resolve("bin").resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void start(String... arguments) throws IOException {
    var command = new java.util.ArrayList<>(List.of("/bin/bash"));
    command.add(Path.of("docker/entrypoint.sh").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(work.resolve("output").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    entrypoint = builder.start();
  }

  private void await(String file) {
    Awaitility.await().atMost(BOUND).until(() -> Files.exists(work.resolve(file)));
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(entrypoint.pid())).start().waitFor();
  }

  private int exitCode() throws InterruptedException {
    assertThat(entrypoint.waitFor(BOUND.toMillis(), TimeUnit.MILLISECONDS))
        .as("the entrypoint ended")
        .isTrue();
    return entrypoint.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(work.resolve("output"));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(work.resolve("calls"));
  }
}
