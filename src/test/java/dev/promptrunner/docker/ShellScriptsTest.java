package dev.promptrunner.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShellScriptsTest {
  @Test
  void every_shell_script_is_clean() throws Exception {
    assumeTrue(
        installed("shellcheck"),
        "SKIPPED: shellcheck is not installed, so no shell script was checked"
            + " (apt-get install shellcheck)");
    List<String> command = new ArrayList<>(List.of("shellcheck", "--color=never"));
    for (String folder : List.of("docker", "scripts", ".ci")) {
      command.addAll(scripts(Path.of(folder)));
    }
    assertThat(command).contains("docker/entrypoint.sh", "scripts/format");

    Process check = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(check.getInputStream().readAllBytes());

    assertThat(check.waitFor()).as(words).isZero();
  }

  @Test
  void the_documentation_names_every_variable_of_the_entrypoint() throws IOException {
    Pattern head = Pattern.compile("(?m)^# ([A-Z_]{4,}) ");
    List<String> variables =
        head.matcher(Files.readString(Path.of("docker/entrypoint.sh")))
            .results()
            .map(match -> match.group(1))
            .toList();
    List<String> documented =
        Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|")
            .matcher(Files.readString(Path.of("docker/README.md")))
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(documented).hasSizeGreaterThan(3).containsExactlyInAnyOrderElementsOf(variables);
  }

  private static List<String> scripts(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ShellScriptsTest::isShell).map(Path::toString).sorted().toList();
    }
  }

  private static boolean isShell(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return Files.isRegularFile(file)
          && lines.findFirst().filter(line -> line.matches("#!.*\\b(ba|da)?sh")).isPresent();
    } catch (IOException | java.io.UncheckedIOException e) {
      return false; // a folder, or not text
    }
  }

  private static boolean installed(String program) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
