package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OutputFileTest {
  private static final Folders FOLDERS =
      new Folders(Optional.of(Path.of("/c/in")), Optional.of(Path.of("/c/out")), Optional.empty());

  @Test
  void every_key_and_every_list_is_walked_and_what_is_no_file_is_left_out() {
    JsonNode outputs =
        Json.MAPPER.readTree(
            """
            {"9":{"images":[{"filename":"a.mp4","subfolder":"","type":"output"}],"animated":[true]},
             "340":{"gifs":[{"filename":"b-audio.mp4","subfolder":"v","type":"output","frame_rate":NaN,"fullpath":"/x/b-audio.mp4"}]},
             "4.0.0.1":{"latents":[{"filename":"c.latent","subfolder":"l","type":"output"}]},
             "5":{"text":["hello"],"result":["x",{"filename":"d.glb","type":"temp"},null,[{"filename":"e.png"}]]},
             "6":{"unfinished_batch":[true]},"7":null,"8":{"odd":{"filename":"f.wav","type":"output"}},
             "10":{"images":[{"filename":5},{"name":"g"}]}}
            """);
    JsonNode meta = Json.MAPPER.readTree("{\"4.0.0.1\":{\"display_node\":\"4\"}}");

    List<OutputFile> files = OutputWalk.ofRecord(outputs, meta);

    assertThat(files)
        .extracting(file -> file.nodeId() + " " + file.key() + " " + file)
        .containsExactly(
            "9 images a.mp4 [output]",
            "340 gifs v/b-audio.mp4 [output]",
            "4 latents l/c.latent [output]",
            "5 result d.glb [temp]",
            "5 result e.png [output]",
            "8 odd f.wav [output]");
    assertThat(files.getFirst().video()).isTrue();
  }

  @Test
  void a_video_with_sound_knows_the_silent_one_beside_it() {
    OutputFile video =
        new OutputFile("340", "gifs", "w_00001-audio.mp4", "v", "output", Optional.of("/x"));

    assertThat(video.silentTwin().orElseThrow()).hasToString("v/w_00001.mp4 [output]");
    assertThat(video.silentTwin().orElseThrow().silentTwin()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "../x.png, ''",
    "x.png, ../..",
    "x.png, a/../../b",
    "x.png, /etc",
    "/etc/passwd, ''",
    "a/b.png, ''",
    "..\\x.png, ''",
    "x.png, ..\\..",
    "x.png, C:\\Windows",
    "'', a",
    "., a",
    ".., a"
  })
  void names_that_lead_out_of_the_folder_are_neither_used_nor_located(String name, String folder) {
    OutputFile file = ComfyTest.output(name, folder);

    assertThat(file.problem().orElseThrow()).contains("leads out of its folder");
    assertThat(FOLDERS.locate(file)).isEmpty();
  }

  @Test
  void names_that_no_disk_takes_are_refused() {
    assertThat(ComfyTest.output("\ud800.png", "a").problem())
        .contains("the name '\ud800.png' is no file's");
    assertThat(ComfyTest.output("x.png", "a\udc00").problem()).isPresent();
    assertThat(ComfyTest.output("x".repeat(300) + ".png", "").problem())
        .contains("the name '" + "x".repeat(40) + "' is no file's");
    assertThat(FOLDERS.locate(ComfyTest.output("\ud800.png", "a"))).isEmpty();
  }

  @Test
  void other_folders_and_nul_are_refused() {
    assertThat(new OutputFile("9", "i", "x", "", "secret", Optional.empty()).problem())
        .contains("the folder type 'secret' is none of output, temp, input");
    assertThat(ComfyTest.output("x\0.png", "").problem()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"a..b.png, v..1", "walk (1).png, 'job 1/ä'", "%03d.png, ''", "x.png, a/b/c"})
  void odd_but_honest_names_are_located(String name, String folder) {
    assertThat(FOLDERS.locate(ComfyTest.output(name, folder)))
        .contains(Path.of("/c/out", folder, name));
  }
}
