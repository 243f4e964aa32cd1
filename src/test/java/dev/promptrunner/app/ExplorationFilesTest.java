package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Digest;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    new ExplorationFiles(folder, once).write();
    assertThat(sweeps()).isEmpty();
    assertThat(Files.readString(folder.resolve("exploration.json")))
        .contains("\"kind\" : \"generations\"", "\"asked_for_by\" : \"picture.json\"");
  }

  @Test
  void the_workflow_of_a_shot_names_its_own_image_as_the_server_has_it() throws Exception {
    Path image = Files.writeString(dir.resolve("first_frame.PNG"), "a picture");
    Run run = new Run("walk/001", 1, 1, 1, "walk", Map.of(), Map.of(Explorations.IMAGE, image));
    Exploration shots =
        new Exploration(
            Exploration.Kind.SHOTS,
            "walks",
            file,
            Explorations.PARAMETERS,
            List.of("4"),
            List.of(run),
            false);
    NamedRun named = new RunBook(shots, Map.of()).runs().getFirst();

    new ExplorationFiles(folder, shots).write(named, done(run));

    String sent = Files.readString(folder.resolve("walk/001/workflow.json"));
    assertThat(Workflow.read("sent", sent).orThrow().json().at("/3/inputs/image").stringValue())
        .isEqualTo("pr_" + Digest.of("a picture").hex().substring(0, 16) + ".png");
  }

  private static Result done(Run run) {
    return new Result(
        run.name(),
        run.index(),
        run.sample(),
        run.shot(),
        Result.State.DONE,
        Map.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        "made");
  }

  private void write() throws Exception {
    new ExplorationFiles(folder, Explorations.sweep(file, 10)).write();
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
