package dev.promptrunner.comfy.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchCommandTest {
  @TempDir Path folder;

  @Test
  void a_command_gets_port_gpu_and_folder() {
    LaunchCommand command =
        new LaunchCommand(
            Optional.of("cd ${folder} && ./go ${port} ${gpu}"),
            Optional.of(Path.of("/comfy")),
            Optional.empty());

    assertThat(command.line(8190, Optional.of("1"))).isEqualTo("cd /comfy && ./go 8190 1");
    assertThat(command.line(8190, Optional.empty())).isEqualTo("cd /comfy && ./go 8190 ");
  }

  @Test
  void a_folder_without_an_environment_takes_the_machines_python() {
    LaunchCommand command =
        new LaunchCommand(Optional.empty(), Optional.of(folder), Optional.of("--lowvram"));

    assertThat(command.line(8188, Optional.empty()))
        .isEqualTo("exec python3 main.py --listen 127.0.0.1 --port 8188 --lowvram");
  }

  @Test
  void a_folder_with_an_environment_takes_its_python() throws Exception {
    Path python = folder.resolve("it's/venv/bin/python");
    Files.createDirectories(python.getParent());
    assertThat(Files.createFile(python).toFile().setExecutable(true)).isTrue();
    LaunchCommand command =
        new LaunchCommand(Optional.empty(), Optional.of(folder.resolve("it's")), Optional.empty());

    assertThat(command.line(8188, Optional.empty()))
        .isEqualTo(
            "exec '%s/it'\\''s/venv/bin/python' main.py --listen 127.0.0.1 --port 8188"
                .formatted(folder));
  }

  @Test
  void the_process_sees_its_gpu_alone() {
    assertThat(LaunchCommand.environment(Map.of("HOME", "/root"), Optional.of("3")))
        .containsOnly(
            Map.entry("HOME", "/root"),
            Map.entry("PYTHONUNBUFFERED", "1"),
            Map.entry("CUDA_VISIBLE_DEVICES", "3"),
            Map.entry("HIP_VISIBLE_DEVICES", "3"));
    assertThat(LaunchCommand.environment(Map.of(), Optional.empty()))
        .doesNotContainKey("CUDA_VISIBLE_DEVICES");
  }

  @Test
  void the_process_does_not_see_the_keys_of_this_program() {
    Map<String, String> own =
        Map.of(
            "PROMPT_RUNNER_NOTICE_URL", "https://ntfy.sh/secret",
            "RUNPOD_API_KEY", "rpa_1",
            "CONTAINER_API_KEY", "2",
            "GOOGLE_APPLICATION_CREDENTIALS", "/key.json",
            "HF_TOKEN", "for its own downloads");

    assertThat(LaunchCommand.environment(own, Optional.empty()))
        .containsOnlyKeys("HF_TOKEN", "PYTHONUNBUFFERED");
  }
}
