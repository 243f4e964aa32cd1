package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShotFoldersTest {
  @TempDir Path root;

  @Test
  void shots_are_read_by_name_with_all_that_the_mapping_asks_for() throws Exception {
    write("b/prompt.txt", "\uFEFF a wolf\r\nruns \n\n");
    image("b/first_frame.png", 832, 480);
    image("b/last_frame.png", 832, 480);
    write("a shot/prompt.txt", "a fox");
    write("a shot/negative.txt", "blurry");
    image("a shot/first_frame.png", 640, 480);
    image("a shot/last_frame.png", 640, 480);
    write("a shot/settings.yaml", "sampler_cfg: 4.5\nnodes.3.inputs.steps: 30\n");
    write("notes/readme.txt", "no shot");
    write("loose.txt", "no shot");

    List<Shot> shots = read().orThrow();

    assertThat(shots).map(Shot::name).containsExactly("a_shot", "b");
    Shot fox = shots.getFirst();
    assertThat(fox.prompt()).contains("a fox");
    assertThat(fox.negative()).contains("blurry");
    assertThat(fox.firstFrame()).contains(root.resolve("a shot/first_frame.png"));
    assertThat(fox.lastFrame()).contains(root.resolve("a shot/last_frame.png"));
    assertThat(fox.settings()).hasToString("{sampler_cfg=4.5, nodes.3.inputs.steps=30}");
    Shot wolf = shots.getLast();
    assertThat(wolf.prompt()).contains("a wolf\nruns");
    assertThat(wolf.negative()).isEmpty();
    assertThat(wolf.settings()).isEmpty();
  }

  @Test
  void what_the_mapping_does_not_ask_for_is_not_looked_at() throws Exception {
    write("a/prompt.txt", "a fox");
    write("a/first_frame.png", "no image");
    SweepFile.ShotMapping prompts =
        new SweepFile.ShotMapping("s.yaml:9", root, Optional.of("text"), none(), none(), none());
    List<Shot> shots = new ShotFolders(prompts, ShotFoldersTest::size).read().orThrow();
    assertThat(shots).singleElement().extracting(Shot::firstFrame).isEqualTo(Optional.empty());
  }

  @Test
  void all_that_is_wrong_with_any_shot_comes_in_one_report() throws Exception {
    image("a/first_frame.png", 832, 480);
    image("a/last_frame.png", 480, 832);
    write("a/prompt.txt", " \n");
    write("a/negative.txt", "");
    write("b/prompt.txt", "a fox");
    write("b/last_frame.png", "no image");
    Files.write(Files.createDirectories(root.resolve("c")).resolve("prompt.txt"), latin1("é"));
    image("c/first_frame.png", 8, 8);
    image("c/last_frame.png", 8, 8);
    write("c/settings.yaml", "- a list");
    image("d/first_frame.png", 8, 8);
    Files.createDirectory(root.resolve("d/last_frame.png"));
    write("d/settings.yaml", "a: [1\nb: 2\n");

    assertThat(problems(read()).stream().map(text -> text.replace(root + "/", "")))
        .containsExactly(
            "a: first_frame.png and last_frame.png have different sizes, found '832x480 and"
                + " 480x832': bring both to one size",
            "a/prompt.txt: the file is empty: write the prompt",
            "a/negative.txt: the file is empty: write the prompt",
            "b/first_frame.png: the shot lacks the file that goes to 'first_image': put it there,"
                + " or take it out of the section shots",
            "b/last_frame.png: the image cannot be read: save it anew as PNG",
            "c/prompt.txt: the file is not UTF-8 text: save it as UTF-8",
            "c/settings.yaml:1: here must stand keys and values, found '[\"a list\"]': write key:"
                + " value lines",
            "d/last_frame.png: the shot lacks the file that goes to 'last_image': put it there, or"
                + " take it out of the section shots",
            "d/prompt.txt: the shot lacks the file that goes to 'positive_text', found 'there is"
                + " no such file or folder': put it there, or take it out of the section shots",
            "d/settings.yaml:2:2: the shot's settings is not valid YAML, found 'while parsing a"
                + " flow sequence': correct the line; indentation is part of YAML");
  }

  @Test
  void two_folders_whose_results_would_share_a_name_are_refused() throws Exception {
    for (String name : List.of("a b", "a_b", "A_B")) {
      write(name + "/prompt.txt", "x");
      image(name + "/first_frame.png", 8, 8);
      image(name + "/last_frame.png", 8, 8);
    }
    assertThat(problems(read()))
        .containsExactly(
            root
                + ": two folders of shots give their results the same name, found 'a_b': rename one"
                + " of them",
            root
                + ": two folders of shots give their results the same name, found 'a_b': rename one"
                + " of them");
  }

  @Test
  void a_folder_without_shots_is_told() {
    assertThat(problems(read()))
        .containsExactly(
            root
                + ": there is no folder with a prompt.txt, first_frame.png or last_frame.png in it:"
                + " make one folder for each shot");
  }

  @Test
  void a_folder_that_is_not_there_is_told_where_it_is_written() {
    SweepFile.ShotMapping away =
        new SweepFile.ShotMapping(
            "s.yaml:9", root.resolve("none"), Optional.of("text"), none(), none(), none());
    assertThat(problems(new ShotFolders(away, ShotFoldersTest::size).read()))
        .singleElement()
        .asString()
        .startsWith("s.yaml:9: the folder of the shots cannot be read: ")
        .endsWith(
            "found '%s': correct 'folder' in the section shots".formatted(root.resolve("none")));
  }

  private Reading<List<Shot>> read() {
    SweepFile.ShotMapping all =
        new SweepFile.ShotMapping(
            "s.yaml:9",
            root,
            Optional.of("positive_text"),
            Optional.of("negative_text"),
            Optional.of("first_image"),
            Optional.of("last_image"));
    return new ShotFolders(all, ShotFoldersTest::size).read();
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /** An image is a text such as {@code 832x480} here. */
  private static Reading<FrameSize> size(Path image) {
    try {
      String[] sides = Files.readString(image).split("x");
      return new Reading.Good<>(
          new FrameSize(Integer.parseInt(sides[0]), Integer.parseInt(sides[1])));
    } catch (IOException | NumberFormatException e) {
      return Reading.bad(
          new Problem(image.toString(), "the image cannot be read", "", "save it anew as PNG"));
    }
  }

  private void image(String path, int width, int height) throws IOException {
    write(path, width + "x" + height);
  }

  private void write(String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }

  private static byte[] latin1(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
