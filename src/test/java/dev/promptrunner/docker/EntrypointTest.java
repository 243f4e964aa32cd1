package dev.promptrunner.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the entrypoint finds and hands on, with a stand-in for Java on its path. */
class EntrypointTest {
  /** Notes what it was started as and with. */
  private static final String JAVA =
      """
      echo "pid $$" >> "$WORK/calls"
      echo "java $*" >> "$WORK/calls"
      echo "folder ${PROMPT_RUNNER_COMFYUI_FOLDER-none}" >> "$WORK/calls"
      echo "wait ${PROMPT_RUNNER_COMFYUI_WAIT-none}" >> "$WORK/calls"
      exit "${RUNNER_EXIT:-0}"
      """;

  @TempDir private Path work;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void standIn() throws IOException {
    Files.createDirectories(work.resolve("bin"));
    Files.createDirectories(work.resolve("home/workflows"));
    Files.createDirectories(work.resolve("ComfyUI"));
    Files.writeString(work.resolve("ComfyUI/main.py"), "");
    Files.writeString(work.resolve("home/workflows/wan22-vace.yaml"), "shipped");
    program("bin/java", JAVA);
    environment.put("WORK", work.toString());
    environment.put("PATH", work.resolve("bin") + ":/usr/bin:/bin");
    environment.put("RUNNER_HOME", work.resolve("home").toString());
    environment.put("COMFYUI_DIR", work.resolve("ComfyUI").toString());
    environment.put("TMPDIR", work.toString());
  }

  @Test
  void becomes_the_runner_so_that_signals_reach_it() throws Exception {
    Ended ended = start("run", "--watch", "two words");

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.calls())
        .contains(
            "pid " + ended.pid(),
            "java -XX:+UseSerialGC"
                + " -Dorg.bytedeco.javacpp.cachedir="
                + work
                + "/javacpp -jar "
                + work
                + "/home/prompt-runner.jar run --watch two words");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "4", "130"})
  void ends_with_the_runners_exit_code(int code) throws Exception {
    environment.put("RUNNER_EXIT", Integer.toString(code));

    assertThat(start("run").code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:8188",
    "http://localhost:9000/",
    "'http://gpu2:8188, http://127.0.0.1:8200=high+low'"
  })
  void tells_the_runner_where_comfyui_lies(String url) throws Exception {
    environment.put("COMFYUI_URL", url);

    assertThat(start("run").calls()).contains("folder " + work.resolve("ComfyUI"), "wait 30m");
  }

  @ParameterizedTest
  @CsvSource({"http://gpu2:8188", "https://gpu2", "'http://gpu2:8188,http://gpu3:8188=combine'"})
  void starts_nothing_when_the_server_is_elsewhere(String url) throws Exception {
    environment.put("COMFYUI_URL", url);

    Ended ended = start("run");

    assertThat(ended.calls()).contains("folder none");
    assertThat(ended.output()).contains("COMFYUI_URL names no server of this machine");
  }

  @ParameterizedTest
  @CsvSource({"PROMPT_RUNNER_COMFYUI_FOLDER,''", "PROMPT_RUNNER_COMFYUI_COMMAND,./start.sh"})
  void leaves_alone_what_the_user_said_of_the_start(String name, String value) throws Exception {
    environment.put(name, value);

    assertThat(start("run").calls()).noneMatch(call -> call.endsWith("/ComfyUI"));
  }

  @Test
  void says_where_it_looked_when_there_is_no_comfyui_and_lets_the_runner_decide() throws Exception {
    environment.put("COMFYUI_DIR", work.resolve("nowhere").toString());

    Ended ended = start("plan");

    assertThat(ended.calls()).contains("folder none");
    assertThat(ended.output())
        .contains(
            "there is no ComfyUI to start: no main.py in COMFYUI_DIR (" + work + "/nowhere)",
            "/workspace/ComfyUI",
            "Set COMFYUI_DIR to its folder, or COMFYUI_URL to a server elsewhere.");
  }

  @Test
  void keeps_the_wait_that_the_user_chose() throws Exception {
    environment.put("PROMPT_RUNNER_COMFYUI_WAIT", "2m");

    assertThat(start("run").calls()).contains("wait 2m");
  }

  @Test
  void brings_the_workflows_along_once_and_leaves_changed_ones_alone() throws Exception {
    start("run");
    Path recipe = work.resolve("workflows/wan22-vace.yaml");
    assertThat(recipe).hasContent("shipped");
    Files.writeString(recipe, "mine");

    start("run");

    assertThat(recipe).hasContent("mine");
  }

  @Test
  void prefers_the_runtime_it_brings_and_takes_more_options() throws Exception {
    Files.createDirectories(work.resolve("home/runtime/bin"));
    Files.move(work.resolve("bin/java"), work.resolve("home/runtime/bin/java"));
    environment.put("JAVA_OPTS", "-Xmx1g -Dx=y");

    assertThat(start("run").calls()).anyMatch(call -> call.contains(" -Xmx1g -Dx=y -jar "));
  }

  private void program(String name, String script) throws IOException {
    Path file = work.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Ended(int code, long pid, String output, List<String> calls) {}

  private Ended start(String... arguments) throws Exception {
    Files.writeString(work.resolve("calls"), "");
    List<String> command =
        new ArrayList<>(
            List.of("/bin/bash", Path.of("docker/entrypoint.sh").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    Path output = work.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the entrypoint ended").isTrue();
    return new Ended(
        process.exitValue(),
        process.pid(),
        Files.readString(output),
        Files.readAllLines(work.resolve("calls")));
  }
}
