package dev.promptrunner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.explore.sample.SeedMode;
import dev.promptrunner.explore.sweep.Exploration;
import dev.promptrunner.explore.sweep.Run;
import dev.promptrunner.media.Png;
import dev.promptrunner.media.TestPattern;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wishes into explorations, of files as they lie on a disk. */
class ExploreReaderTest {
  private static final Path EXAMPLES = Path.of("src/test/resources/workflows-explore");

  @TempDir Path dir;

  @BeforeEach
  void copy() throws Exception {
    for (String name : List.of("sd15-text-to-image", "wan22-first-last-frame")) {
      Files.copy(EXAMPLES.resolve(name + ".json"), dir.resolve(name + ".json"));
    }
  }

  @Test
  void a_sweep_is_named_after_its_file_and_lies_with_its_kind() throws Exception {
    Path file =
        sweep("cfg.yaml", "num_samples: 3\nparameters: {sampler_cfg: {type: values, values: [1]}}");
    Exploration sweep = read(new Wish.Sweep(file, Wish.Manner.USUAL));
    assertThat(sweep.folder()).isEqualTo("sweeps/cfg");
    assertThat(sweep.origin()).isEqualTo(file);
    assertThat(sweep.targets()).containsExactly("9");
    assertThat(sweep.runs()).hasSize(3);
    assertThat(sweep.salted()).isFalse();
  }

  @Test
  void a_workflow_that_is_not_there_or_was_exported_for_the_editor_is_told() throws Exception {
    Path file = Files.writeString(dir.resolve("s.yaml"), "workflow: none.json");
    assertThat(problems(new Wish.Sweep(file, Wish.Manner.USUAL)))
        .singleElement()
        .asString()
        .startsWith(dir.resolve("none.json") + ": the workflow is not there");
    Files.writeString(
        dir.resolve("none.json"), "{\"last_node_id\": 3, \"nodes\": [], \"links\": []}");
    assertThat(problems(new Wish.Sweep(file, Wish.Manner.USUAL)))
        .singleElement()
        .asString()
        .contains("none.json")
        .contains("API");
  }

  @Test
  void nodes_that_have_other_ids_now_are_found_and_told() throws Exception {
    String text =
        """
        parameters: {nodes.33.inputs.cfg: {type: values, values: [1, 2]}}
        nodes: {"33": {class: KSampler, title: KSampler}}
        """;
    Wish wish = new Wish.Sweep(sweep("s.yaml", text), Wish.Manner.USUAL);
    Exploration sweep = read(wish);
    assertThat(sweep.set().getFirst().name()).isEqualTo("sampler_cfg");
    assertThat(ExploreReader.notes(wish, sweep))
        .containsExactly(
            dir.resolve("s.yaml")
                + ": node 33 (KSampler) is node 3 in the workflow now: it is used from there");
  }

  @Test
  void shots_are_read_with_their_images() throws Exception {
    Path file = shots();
    Exploration shots = read(new Wish.Shots(file, Wish.Manner.USUAL));
    assertThat(shots.folder()).isEqualTo("shots/takes");
    assertThat(shots.runs()).map(Run::name).containsExactly("a/001", "a/002", "b/001", "b/002");
    assertThat(shots.runs().getFirst().files().values())
        .containsExactly(dir.resolve("a/first_frame.png"), dir.resolve("a/last_frame.png"));
  }

  @Test
  void images_that_do_not_decode_or_differ_in_size_are_told_before_anything_is_rendered()
      throws Exception {
    Path file = shots();
    Files.writeString(dir.resolve("a/first_frame.png"), "no image");
    image("b/last_frame.png", new FrameSize(48, 32));
    List<String> problems = problems(new Wish.Shots(file, Wish.Manner.USUAL));
    assertThat(problems).hasSize(2);
    assertThat(problems.getFirst())
        .startsWith(dir.resolve("a/first_frame.png") + ": the image cannot be read, found '")
        .endsWith("': save it anew as PNG");
    assertThat(problems.getLast())
        .isEqualTo(
            dir.resolve("b")
                + ": first_frame.png and last_frame.png have different sizes, found '64x32 and"
                + " 48x32': bring both to one size");
  }

  @Test
  void a_sweep_file_without_shots_has_none() throws Exception {
    Path file = sweep("s.yaml", "num_samples: 1");
    assertThat(problems(new Wish.Shots(file, Wish.Manner.USUAL)))
        .containsExactly(
            file
                + ": the sweep file has no section shots: say which parameter gets a shot's"
                + " prompt, first_frame and last_frame: see docs/exploring.md");
  }

  @Test
  void a_workflow_is_run_once_or_several_times() throws Exception {
    Path workflow = dir.resolve("sd15-text-to-image.json");
    Exploration once = read(new Wish.Once(workflow, List.of("sampler_cfg=3")));
    assertThat(once.folder()).isEqualTo("generations/sd15-text-to-image");
    assertThat(once.runs()).map(Run::name).containsExactly("001");
    assertThat(once.runs().getFirst().values()).hasToString("{sampler_cfg=3}");

    Exploration twice =
        read(
            new Wish.Iterate(
                workflow, 2, SeedMode.FIXED, 1, List.of("sampler_cfg=3"), Wish.Manner.USUAL));
    assertThat(twice.folder()).isEqualTo("iterations/sd15-text-to-image");
    assertThat(twice.runs()).map(Run::name).containsExactly("iter_001", "iter_002");
    assertThat(twice.salted()).isTrue();
    assertThat(problems(new Wish.Once(workflow, List.of("nonsense=3"))))
        .singleElement()
        .asString()
        .startsWith("--set: ");
  }

  private Path shots() throws Exception {
    for (String shot : List.of("a", "b")) {
      Files.createDirectories(dir.resolve(shot));
      Files.writeString(dir.resolve(shot).resolve("prompt.txt"), "shot " + shot);
      image(shot + "/first_frame.png", new FrameSize(64, 32));
      image(shot + "/last_frame.png", new FrameSize(64, 32));
    }
    return Files.writeString(
        dir.resolve("takes.yaml"),
        """
        workflow: wan22-first-last-frame.json
        num_samples: 2
        parameters: {sampler_high_cfg: {type: continuous, min: 1, max: 5}}
        shots: {prompt: positive_text, first_frame: first_image, last_frame: last_image}
        """);
  }

  private void image(String path, FrameSize size) throws Exception {
    Png.write(dir.resolve(path), TestPattern.picture(size, 1));
  }

  private Path sweep(String name, String text) throws Exception {
    return Files.writeString(dir.resolve(name), "workflow: sd15-text-to-image.json\n" + text);
  }

  private static Exploration read(Wish wish) throws Stop {
    return new ExploreReader(Optional.empty()).read(wish);
  }

  private static List<String> problems(Wish wish) {
    return catchThrowableOfType(Stop.class, () -> read(wish)).problems().stream()
        .map(Problem::toString)
        .toList();
  }
}
