package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.Png;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that explore a workflow, as docs/exploring.md has them, on the simulator. */
class ExploringTest extends CommandLine {
  private static final String SMALL =
      """
      targets: ["32"]
      parameters:
        latent_width: {type: values, values: [64]}
        latent_height: {type: values, values: [64]}
        latent_length: {type: values, values: [5]}
      """;

  @BeforeEach
  void copyShipped() throws Exception {
    for (String file : List.of("wan22-t2v.json", "wan22-first-last.json")) {
      Files.copy(Path.of("workflows", file), dir.resolve(file));
    }
    environment.put("PROMPT_RUNNER_RETRIES", "0");
  }

  private Path sweep(String name, String more) throws Exception {
    return sweep(name, "wan22-t2v.json", more);
  }

  private Path sweep(String name, String workflow, String more) throws Exception {
    return Files.writeString(
        dir.resolve(name + ".yaml"),
        "workflow: "
            + workflow
            + "\n"
            + (workflow.contains("first") ? SMALL.replace("latent_", "video_") : SMALL)
            + more);
  }

  private Told explore(String command, Path file, String... more) {
    String[] usual = {
      command, file.toString(), "--engine", "simulator", "--output", output().toString()
    };
    String[] all = new String[usual.length + more.length];
    System.arraycopy(usual, 0, all, 0, usual.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return tell(all);
  }

  private List<Result> results(String folder) throws Exception {
    return ResultFolder.read(output().resolve(folder)).results();
  }

  @Test
  void what_analyze_writes_runs_as_it_is() throws Exception {
    Path file = dir.resolve("wan.yaml");
    tell("analyze", dir.resolve("wan22-t2v.json").toString(), "--out", file.toString())
        .among(
            0,
            "A sweep file to edit: DIR/wan.yaml. See what it would render with: prompt-runner"
                + " sweep DIR/wan.yaml --dry-run");

    tell("sweep", file.toString(), "--dry-run", "--output", output().toString())
        .among(
            0,
            "sweeps/wan: 8 runs, 8 to render on 1 server; how long is not known: this workflow was"
                + " not run here before");
    assertThat(output()).doesNotExist();
  }

  @Test
  void what_programs_read_is_json_to_its_end() throws Exception {
    Path file = dir.resolve("wan.yaml");
    String workflow = dir.resolve("wan22-t2v.json").toString();
    Told analyzed = tell("analyze", workflow, "--json", "--out", file.toString());
    Told foreseen = explore("sweep", file, "--dry-run", "--json");

    assertThat(analyzed.err()).contains("A sweep file to edit: DIR/wan.yaml.");
    assertThat(json(analyzed).path("parameters").isEmpty()).isFalse();
    assertThat(json(foreseen).path("folder").stringValue()).isEqualTo("sweeps/wan-simulated");
    assertThat(json(foreseen).path("runs").size()).isEqualTo(8);
  }

  private static JsonNode json(Told told) {
    return JsonMapper.builder()
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build()
        .readTree(told.out());
  }

  @Test
  void a_sweep_leaves_videos_and_all_that_is_known_of_them() throws Exception {
    Path file =
        sweep(
            "cfg",
            "  high_shift: {type: linear, min: 3, max: 5, count: 2}\n"
                + "  high_seed: {type: random_seed, linked: [low_seed]}\n"
                + "strategy: grid\nseeds_per_sample: 2\nrun_name: \"{index}_shift{high_shift}\"\n");

    Told told = explore("sweep", file);

    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.out()).contains("4 of 4 runs done: DIR/out/sweeps/cfg-simulated");
    assertThat(results("sweeps/cfg-simulated"))
        .extracting(Result::run)
        .containsExactly("001_shift3", "002_shift3", "003_shift5", "004_shift5");
    assertThat(results("sweeps/cfg-simulated"))
        .extracting(Result::state)
        .containsOnly(Result.State.DONE);
    Path run = output().resolve("sweeps/cfg-simulated/003_shift5");
    assertThat(run.resolve("003_shift5.mp4")).exists();
    assertThat(Files.readString(run.resolve("params.json")))
        .contains("\"high_shift\" : 5", "\"sampler_high_steps\" : 6");
    assertThat(Files.readString(run.resolve("workflow.json"))).contains("\"shift\" : 5");
    assertThat(Files.readAllLines(output().resolve("sweeps/cfg-simulated/metadata.csv")))
        .hasSize(5);
    assertThat(output().resolve("sweeps/cfg-simulated/sweep.yaml")).hasSameTextualContentAs(file);
    assertThat(output().resolve("prompt-runner-work"))
        .satisfiesAnyOf(
            folder -> assertThat(folder).doesNotExist(),
            folder -> assertThat(folder).isEmptyDirectory());
  }

  @Test
  void given_again_it_renders_nothing_and_changed_it_renders_what_is_new() throws Exception {
    String range = "  high_shift: {type: linear, min: 3, max: %s, step: 1}\nstrategy: grid\n";
    Path file = sweep("cfg", range.formatted("4"));
    explore("sweep", file);

    Told again = explore("sweep", file);
    sweep("cfg", range.formatted("6"));
    Told more = explore("sweep", file);

    assertThat(again.err()).contains("2 runs, 2 done already, 0 to render on 1 server");
    assertThat(more.err()).contains("4 runs, 2 done already, 2 to render on 1 server, about");
    assertThat(results("sweeps/cfg-simulated")).hasSize(4);
    assertThat(
            Files.list(output().resolve("sweeps/cfg-simulated"))
                .map(Path::getFileName)
                .map(Path::toString))
        .anyMatch(name -> name.matches("sweep_[0-9a-f]{8}\\.yaml"));
  }

  @Test
  void the_same_values_of_another_sweep_are_taken_from_there() throws Exception {
    explore("sweep", sweep("one", "  high_shift: {type: values, values: [3]}\n"));

    Told two =
        explore(
            "sweep",
            sweep("two", "  high_shift: {type: values, values: [3, 4]}\n" + "strategy: grid\n"));

    assertThat(two.err()).contains("2 runs, 1 done already, 1 to render");
    assertThat(output().resolve("sweeps/two-simulated/001/001.mp4"))
        .hasSameBinaryContentAs(output().resolve("sweeps/one-simulated/001/001.mp4"));
  }

  @Test
  void a_run_that_fails_is_told_with_its_class_and_the_others_go_on() throws Exception {
    environment.put("PROMPT_RUNNER_SIMULATOR_FAULTS", "cuda-error@9,oom@2");
    Path file =
        sweep(
            "cfg", "  high_shift: {type: linear, min: 3, max: 5, step: 1}\n" + "strategy: grid\n");

    Told told = explore("sweep", file);

    assertThat(told.code()).isEqualTo(1);
    assertThat(told.out()).containsOnlyOnce("failed 002").contains("2 of 3 runs done, 1 failed");
    assertThat(results("sweeps/cfg-simulated").get(1).failure())
        .hasValueSatisfying(why -> assertThat(why.kind()).isEqualTo("OutOfMemory"));
    environment.remove("PROMPT_RUNNER_SIMULATOR_FAULTS");
    Told again = explore("sweep", file, "--only-failed");
    assertThat(again.err()).contains("1 failed before, 2 left out, 1 to render");
    assertThat(results("sweeps/cfg-simulated"))
        .extracting(Result::state)
        .containsOnly(Result.State.DONE);
  }

  @Test
  void one_iteration_is_a_plain_run_and_more_keep_it() throws Exception {
    Path workflow = dir.resolve("wan22-t2v.json");
    String[] small = {
      "--set", "latent_width=64", "--set", "latent_height=64", "--set", "latent_length=5"
    };
    String[] run = {"--run", small[0], small[1], small[2], small[3], small[4], small[5]};
    assertThat(explore("analyze", workflow, run).code()).isZero();

    Told one = explore("iterate", workflow, with(small, "-n", "1"));
    Told three = explore("iterate", workflow, with(small, "-n", "3"));

    assertThat(one.err())
        .contains("iterations/wan22-t2v-simulated: 1 iteration, 1 done already, 0 to render");
    assertThat(three.err()).contains("3 iterations, 1 done already, 2 to render");
    assertThat(three.out()).contains("3 of 3 iterations done");
    assertThat(output().resolve("iterations/wan22-t2v-simulated/iter_001/iter_001.mp4"))
        .hasSameBinaryContentAs(output().resolve("generations/wan22-t2v-simulated/001/001.mp4"));
    assertThat(results("iterations/wan22-t2v-simulated"))
        .extracting(result -> result.parameters().get("high_seed"))
        .doesNotHaveDuplicates();
    tell("analyze", workflow.toString(), "--output", output().toString())
        .among(
            0,
            "parameter                                type     value"
                + "                                             last used  takes"
                + "                                             where");
  }

  private static String[] with(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  @Test
  void the_same_seed_can_be_rendered_several_times_on_purpose() throws Exception {
    Told told =
        explore(
            "iterate",
            dir.resolve("wan22-t2v.json"),
            "-n",
            "2",
            "--seeds",
            "fixed",
            "--set",
            "latent_width=64",
            "--set",
            "latent_height=64",
            "--set",
            "latent_length=5");

    assertThat(told.err()).contains("2 iterations, 2 to render");
    assertThat(results("iterations/wan22-t2v-simulated"))
        .extracting(Result::state)
        .containsOnly(Result.State.DONE);
  }

  @Test
  void errors_of_iterations_are_told_once_at_the_end_unless_the_first_shall_end_it()
      throws Exception {
    environment.put("PROMPT_RUNNER_SIMULATOR_FAULTS", "oom@2x2");
    String[] small = {
      "--set", "latent_width=64", "--set", "latent_height=64", "--set", "latent_length=5"
    };
    Path workflow = dir.resolve("wan22-t2v.json");

    Told all = explore("iterate", workflow, with(small, "-n", "4"));
    Told first =
        tell(
            with(
                new String[] {
                  "iterate",
                  workflow.toString(),
                  "--engine",
                  "simulator",
                  "--output",
                  dir.resolve("other").toString(),
                  "-n",
                  "4",
                  "--stop-on-error"
                },
                small));

    assertThat(all.code()).isEqualTo(1);
    assertThat(all.out())
        .containsOnlyOnce("failed iter_002")
        .containsOnlyOnce("failed iter_003")
        .contains("2 of 4 iterations done, 2 failed");
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.out()).containsOnlyOnce("failed iter_002").contains("1 of 4 iterations done");
  }

  @Test
  void a_command_is_run_after_each_iteration() throws Exception {
    Path told = dir.resolve("told");
    explore(
        "iterate",
        dir.resolve("wan22-t2v.json"),
        "-n",
        "2",
        "--set",
        "latent_width=64",
        "--set",
        "latent_height=64",
        "--set",
        "latent_length=5",
        "--on-finished",
        "echo $RUN $RUN_STATE $RUN_FILE >> " + told);

    assertThat(Files.readAllLines(told))
        .containsExactly(
            "iter_001 done iter_001/iter_001.mp4", "iter_002 done iter_002/iter_002.mp4");
  }

  @Test
  void shots_get_their_images_and_prompts_and_the_same_samples() throws Exception {
    shot("bridge", 0xff0000, 0x0000ff);
    shot("harbour", 0x00ff00, 0xffffff);
    Files.writeString(dir.resolve("harbour/settings.yaml"), "sampler_high_steps: 4\n");
    Path file =
        sweep(
            "film",
            "wan22-first-last.json",
            "  high_shift: {type: linear, min: 3, max: 5, count: 2}\n"
                + "strategy: grid\n"
                + "shots: {prompt: positive_text, first_frame: first_image, last_frame:"
                + " last_image}\n");

    Told told = explore("shots", file);

    assertThat(told.code()).as(told.err()).isZero();
    assertThat(results("shots/film-simulated"))
        .extracting(Result::run)
        .containsExactly("bridge/001", "bridge/002", "harbour/001", "harbour/002");
    assertThat(results("shots/film-simulated/harbour"))
        .extracting(Result::run)
        .containsExactly("001", "002");
    assertThat(output().resolve("shots/film-simulated/harbour/002/002.mp4")).exists();
    assertThat(
            results("shots/film-simulated").getLast().parameters().get("positive_text").asString())
        .isEqualTo("a harbour at dawn");
  }

  private void shot(String name, int first, int last) throws Exception {
    Path folder = Files.createDirectories(dir.resolve(name));
    Files.writeString(folder.resolve("prompt.txt"), "a " + name + " at dawn\n");
    Png.write(folder.resolve("first_frame.png"), plain(first));
    Png.write(folder.resolve("last_frame.png"), plain(last));
  }

  private static Picture plain(int colour) {
    FrameSize size = new FrameSize(64, 64);
    byte[] rgb = new byte[size.width() * size.height() * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (colour >> 16 - 8 * (i % 3));
    }
    return new Picture(size.width(), size.height(), rgb);
  }

  @Test
  void all_that_is_wrong_with_shots_is_told_before_the_first_is_rendered() throws Exception {
    shot("bridge", 0xff0000, 0x0000ff);
    shot("harbour", 0x00ff00, 0xffffff);
    Files.delete(dir.resolve("bridge/last_frame.png"));
    Files.writeString(dir.resolve("harbour/first_frame.png"), "no image");
    Path file =
        sweep(
            "film",
            "wan22-first-last.json",
            "shots: {prompt: positive_text, first_frame: first_image, last_frame: last_image}\n");

    Told told = explore("shots", file);

    assertThat(told.code()).isEqualTo(3);
    assertThat(told.err())
        .contains("DIR/bridge/last_frame.png: the shot lacks the file that goes to 'last_image'")
        .contains("DIR/harbour/first_frame.png: the image cannot be read");
  }

  @Test
  void a_sheet_and_a_ranking_are_made_of_what_is_there() throws Exception {
    explore(
        "sweep",
        sweep(
            "cfg",
            "  high_shift: {type: linear, min: 3, max: 5, count: 3}\n" + "strategy: grid\n"));
    String folder = output().resolve("sweeps/cfg-simulated").toString();

    Told sheet = tell("contact-sheet", folder, "--pdf", "--png");
    Told best = tell("sweep", "best", folder, "--weights", "motion=1", "--top", "2");

    assertThat(sheet.code()).as(sheet.err()).isZero();
    assertThat(sheet.out())
        .startsWith("3 results: file://DIR/out/sweeps/cfg-simulated/contact-sheet.html");
    for (String file : List.of("contact-sheet.html", "contact-sheet.pdf", "contact-sheet.png")) {
      assertThat(output().resolve("sweeps/cfg-simulated").resolve(file)).isNotEmptyFile();
    }
    assertThat(best.out().lines().limit(1))
        .singleElement()
        .asString()
        .matches("# +run +score +high_shift +motion");
    assertThat(best.out()).contains("high_shift");
  }

  /** The simulator's chunks differ in colour, so that their borders show. */
  @Test
  void the_finished_videos_of_prompt_files_are_measured_at_the_borders_of_their_chunks()
      throws Exception {
    good("cat");
    Told rendered = render("--frames-per-chunk", "2");
    assertThat(rendered.code()).as(rendered.err()).isZero();

    Told best = tell("sweep", "best", output().resolve("final").toString(), "--weights", "seam=1");

    assertThat(best.code()).as(best.err()).isZero();
    assertThat(best.out().lines().limit(2))
        .satisfiesExactly(
            head -> assertThat(head).matches("# +run +score +seam"),
            line -> assertThat(line).matches("1 +cat_final +– +[0-9.]+"));
  }

  @Test
  void a_slip_of_the_pen_is_told_with_its_line_before_any_server_is_asked() throws Exception {
    Path file =
        Files.writeString(
            dir.resolve("bad.yaml"),
            "workflow: wan22-t2v.json\n"
                + "parameters:\n"
                + "  nodes.13.inputs.cgf: {type: continuous, min: 1, max: 3}\n"
                + "  high_seed: {type: continuous, min: 1, max: 9}\n");

    tell("sweep", file.toString(), "--comfyui", "http://127.0.0.1:9")
        .only(
            3,
            "DIR/bad.yaml:3: node 13 (KSamplerAdvanced) has no input cgf, found"
                + " 'nodes.13.inputs.cgf': did you mean nodes.13.inputs.cfg, nodes.13.inputs.steps,"
                + " nodes.13.inputs.scheduler?",
            "DIR/bad.yaml:4: 'high_seed' (noise_seed of KSamplerAdvanced) is a seed, which has no"
                + " range to explore: a larger seed is no more of anything, found '42': write type:"
                + " random_seed",
            "2 problems in the input; nothing was started");
  }

  @Test
  void a_folder_without_results_is_told() {
    tell("contact-sheet", dir.resolve("nothing").toString())
        .only(
            3,
            "DIR/nothing: there is no such folder: give the folder of a sweep, such as"
                + " output/sweeps/NAME",
            "1 problem in the input; nothing was started");
  }
}
