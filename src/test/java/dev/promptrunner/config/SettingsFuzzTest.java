package dev.promptrunner.config;

import dev.promptrunner.testing.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFuzzTest {
  private static final String FILE =
      """
      output: ./out
      comfyui:
        url:
          - http://gpu1:8188
          - url: http://gpu2:8188
            passes: [high, low]
        wait: 90s
      frames-per-chunk: 81
      size: 832x480
      seed: 18446744073709551615
      disk: {floor: 500MB, patience: 0s}
      pod.provider: command
      watch: true
      idle-exit: 1h30m
      """;

  @TempDir Path folder;

  @Test
  void a_settings_file_is_read_or_refused_with_problems() {
    World world = new World(folder);
    Path file = folder.resolve("prompt-runner.yaml");
    Fuzz.run(
        "settings",
        List.of(
            FILE.getBytes(StandardCharsets.UTF_8),
            ("#" + " \ud83d\ude00x".repeat(700) + "\nwatch: true\n")
                .getBytes(StandardCharsets.UTF_8),
            "base: &a {x: 1}\nmore: [*a, *a]\n".getBytes(StandardCharsets.UTF_8)),
        input -> {
          Files.write(file, input);
          Settings.of(world.resolve());
        },
        ConfigException.class);
  }
}
