package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.parameter.Links;
import dev.promptrunner.explore.sweep.Exploration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeJobTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/workflows-explore");
  private static final Path PICTURE = EXAMPLES.resolve("sd15-text-to-image.json");
  private static final Path INFO = Path.of("src/test/resources/comfyui-fixtures/object_info.json");

  @TempDir Path root;

  @Test
  void a_workflow_is_read_without_a_server() throws Exception {
    AnalyzeJob.Analyzed analyzed = analyze(PICTURE, Optional.empty(), "sampler_cfg=3");
    assertThat(analyzed.workflow()).endsWith("sd15-text-to-image.json");
    assertThat(analyzed.exact()).isFalse();
    assertThat(analyzed.set()).hasToString("{sampler_cfg=3}");
    assertThat(analyzed.lastUsed()).isEmpty();
    assertThat(analyzed.parameters().all()).hasSize(13);
  }

  @Test
  void a_saved_object_info_is_as_good_as_a_server() throws Exception {
    AnalyzeJob.Analyzed analyzed = analyze(PICTURE, Optional.of(INFO));
    assertThat(analyzed.exact()).isTrue();
    assertThat(analyzed.parameters().find("sampler_name").orElseThrow().options())
        .hasSizeGreaterThan(10);
  }

  @Test
  void an_object_info_that_is_none_is_told() {
    Path none = root.resolve("none.json");
    assertThat(
            catchThrowableOfType(Stop.class, () -> analyze(PICTURE, Optional.of(none))).problems())
        .map(Problem::toString)
        .containsExactly(
            "--object-info: the file cannot be read (there is no such file or folder), found '%s':"
                    .formatted(none)
                + " save it with: curl http://127.0.0.1:8188/object_info > object_info.json");
  }

  @Test
  void samplers_whose_values_belong_together_are_proposed_as_links() throws Exception {
    AnalyzeJob.Analyzed analyzed =
        analyze(EXAMPLES.resolve("wan22-t2v-two-experts.json"), Optional.empty());
    assertThat(analyzed.links())
        .map((Links.Link link) -> link.first().name())
        .contains("high_seed", "sampler_high_cfg", "sampler_high_steps");
  }

  @Test
  void what_a_workflow_was_run_with_is_told_the_next_time() throws Exception {
    job().remember(PICTURE, List.of("seed=18446744073709551615", "positive_text=a fox"));
    assertThat(analyze(PICTURE, Optional.empty()).lastUsed())
        .hasToString("{seed=18446744073709551615, positive_text=\"a fox\"}");
  }

  @Test
  void a_sweep_file_that_is_there_already_is_not_written_over() throws Exception {
    Path out = Files.writeString(root.resolve("s.yaml"), "edited");
    AnalyzeJob.Analyzed analyzed = analyze(PICTURE, Optional.empty());
    assertThat(
            catchThrowableOfType(Stop.class, () -> AnalyzeJob.write(analyzed, PICTURE, out))
                .problems())
        .map(Problem::toString)
        .containsExactly(
            "--out: there is such a file already, which may be edited, found '%s': give another"
                    .formatted(out)
                + " name, or remove it");
    assertThat(out).hasContent("edited");
  }

  @Test
  void a_place_that_cannot_be_written_is_told() throws Exception {
    Path out = root.resolve("x".repeat(300));
    AnalyzeJob.Analyzed analyzed = analyze(PICTURE, Optional.empty());
    assertThat(
            catchThrowableOfType(Stop.class, () -> AnalyzeJob.write(analyzed, PICTURE, out))
                .problems())
        .singleElement()
        .asString()
        .startsWith("--out: the sweep file cannot be written (");
  }

  /** From any workflow to a sweep that can be run: with the server's types and without. */
  @Test
  void what_is_written_for_any_workflow_runs_as_it_is() throws Exception {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path workflow : files.filter(file -> file.toString().endsWith(".json")).toList()) {
        Path out = root.resolve("made").resolve(workflow.getFileName() + ".yaml");
        AnalyzeJob.write(analyze(workflow, Optional.of(INFO)), workflow, out);
        Exploration exploration =
            new ExploreReader(Optional.empty()).read(new Wish.Sweep(out, Wish.Manner.USUAL));
        assertThat(exploration.runs()).as(workflow.toString()).isNotEmpty();
        assertThat(ExploreReader.notes(new Wish.Sweep(out, Wish.Manner.USUAL), exploration))
            .isEmpty();
        assertThat(new RunBook(exploration, Map.of()).runs())
            .as(workflow.toString())
            .map(run -> run.work().key())
            .doesNotHaveDuplicates();
      }
    }
  }

  private AnalyzeJob job() throws Exception {
    return new AnalyzeJob(ExploreSettings.parts(), ExploreSettings.output(root));
  }

  private AnalyzeJob.Analyzed analyze(Path workflow, Optional<Path> info, String... set)
      throws Exception {
    return job().analyze(workflow, false, info, List.of(set));
  }
}
