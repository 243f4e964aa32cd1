package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.sheet.Entry;
import dev.promptrunner.sheet.SweepSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a folder says of how it was made, and its sheet to send. */
class SheetSourceTest {
  @TempDir Path dir;

  @Test
  void the_sweep_file_is_told_with_what_it_explores() throws Exception {
    String text =
        """
        workflow: gone.json
        parameters:
          nodes.1.inputs.color: {type: linear, min: 0, max: 10, step: 5}
          width: {type: continuous, min: 16, max: 64}
        """;
    begin(text, false);
    SweepSource source = new SheetSource(dir).sweep().orElseThrow();
    assertThat(source.file()).isEqualTo("sweep.yaml");
    assertThat(source.text()).isEqualTo(text);
    assertThat(source.parameters())
        .map(SweepSource.Swept::name)
        .containsExactly(Explorations.COLOR, "width");
    assertThat(source.parameters())
        .map(SweepSource.Swept::key)
        .containsExactly("nodes.1.inputs.color", "width");
  }

  @Test
  void without_a_whole_sweep_file_there_is_none() throws Exception {
    assertThat(new SheetSource(dir).sweep()).isEmpty();
    begin("workflow: w.json\n", false);
    assertThat(new SheetSource(dir).sweep()).isPresent();
    Files.writeString(dir.resolve("sweep.yaml"), "workflow: [");
    assertThat(new SheetSource(dir).sweep()).isEmpty();
    Files.writeString(dir.resolve("sweep.yaml"), "workflow: w.json\n");
    Files.delete(dir.resolve("workflow.json"));
    assertThat(new SheetSource(dir).sweep()).isEmpty();
  }

  @Test
  void the_simulator_never_passes_for_real() throws Exception {
    assertThat(new SheetSource(dir).simulated()).isFalse();
    begin("workflow: w.json\n", true);
    assertThat(new SheetSource(dir).simulated()).isTrue();
    begin("workflow: w.json\n", false);
    assertThat(new SheetSource(dir).simulated()).isFalse();
    Files.writeString(dir.resolve("exploration.json"), "{\"simulated\": ");
    assertThat(new SheetSource(dir).simulated()).isFalse();
  }

  @Test
  void a_sheet_to_send_tells_what_was_not_rendered_why_and_by_what() throws Exception {
    List<Entry> entries =
        List.of(
            entry("001", Result.State.OPEN, Optional.empty()),
            entry(
                "002",
                Result.State.FAILED,
                Optional.of(new Result.Why("OutOfMemory", "no memory", "wait"))));
    List<Path> written = new SheetToSend("my sweep", entries, true).write(dir, true, true);
    assertThat(written)
        .map(file -> file.getFileName().toString())
        .contains("contact-sheet.pdf")
        .anyMatch(name -> name.endsWith(".png"));
    try (PDDocument pdf = Loader.loadPDF(written.getFirst().toFile())) {
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("my sweep", "001", "not rendered yet", "failed: OutOfMemory no memory")
          .contains("made with the simulator");
    }
    assertThat(new SheetToSend("my sweep", entries, false).write(dir, false, false)).isEmpty();
  }

  private static Entry entry(String run, Result.State state, Optional<Result.Why> why) {
    Map<String, JsonNode> parameters =
        Map.of("cfg", JsonNodeFactory.instance.numberNode(3), "run", text(run));
    return new Entry(
        new Result(
            run, 1, 1, "", state, parameters, List.of(), List.of(), Optional.empty(), why, ""),
        Optional.empty(),
        Optional.empty());
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  private void begin(String sweep, boolean simulated) throws Exception {
    Path file = Files.writeString(dir.resolve("colours.yaml"), sweep);
    Exploration exploration = Explorations.sweep(file, 1);
    new ExplorationFiles(dir, simulated ? exploration.asSimulated() : exploration).write();
  }
}
