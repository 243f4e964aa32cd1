package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorationFilesTest {
  @TempDir Path dir;
  private Path folder;
  private Path file;

  @BeforeEach
  void prepare() throws Exception {
    folder = dir.resolve("sweeps/colours");
    file = Files.writeString(dir.resolve("colours.yaml"), "# first\n");
  }

  @Test
  void an_earlier_sweep_file_that_differs_is_kept_beside_the_new_one() throws Exception {
    write();
    String digest = Digest.of(folder.resolve("sweep.yaml")).hex().substring(0, 8);
    write();
    assertThat(sweeps()).containsExactly("sweep.yaml");

    Files.writeString(file, "# second\n");
    write();

    assertThat(sweeps()).containsExactlyInAnyOrder("sweep.yaml", "sweep_" + digest + ".yaml");
    assertThat(folder.resolve("sweep.yaml")).hasContent("# second");
    assertThat(folder.resolve("sweep_" + digest + ".yaml")).hasContent("# first");
  }

  @Test
  void a_sweep_file_is_kept_byte_for_byte_whatever_its_encoding() throws Exception {
    byte[] latin = "# caf\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1);
    Files.write(file, latin);
    write();
    write();
    assertThat(folder.resolve("sweep.yaml")).hasBinaryContent(latin);
    assertThat(sweeps()).containsExactly("sweep.yaml");
  }

  @Test
  void iterations_have_no_sweep_file() throws Exception {
    Exploration once =
        Explorations.exploration(
            Exploration.Kind.GENERATION,
            Path.of("picture.json"),
            List.of(Run.once(Map.of())),
            false);
    new ExplorationFiles(folder, once).write("comfyui");
    assertThat(sweeps()).isEmpty();
    assertThat(Files.readString(folder.resolve("exploration.json")))
        .contains("\"kind\" : \"generations\"", "\"asked_for_by\" : \"picture.json\"");
  }

  private void write() throws Exception {
    new ExplorationFiles(folder, Explorations.sweep(file, 10)).write("comfyui");
  }

  private List<String> sweeps() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("sweep"))
          .toList();
    }
  }
}
