package dev.promptrunner.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import dev.promptrunner.base.WholeFile;
import dev.promptrunner.explore.result.Result;
import dev.promptrunner.explore.result.ResultFolder;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ContactSheetTest {
  @TempDir Path folder;
  private Folders folders;

  @BeforeEach
  void empty() {
    folders = new Folders(folder);
  }

  @Test
  void a_sheet_is_a_page_and_its_folder() throws Exception {
    ContactSheet.Written written = folders.write(folders.of(Folders.done("a", Map.of("cfg", 5))));
    assertThat(written.page()).isEqualTo(folder.resolve("contact-sheet.html")).exists();
    assertThat(written.entries()).hasSize(1);
    assertThat(written.problems()).isEmpty();
    assertThat(folders.posters()).hasSize(3);
    try (var files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(WholeFile.PART));
    }
  }

  @Test
  void a_result_has_all_that_its_card_shows() throws Exception {
    Result result =
        new Result(
            "007",
            7,
            4,
            "harbour",
            Result.State.DONE,
            Map.of(),
            List.of("007/my video?.mp4"),
            List.of(16),
            Optional.of(Duration.ofMillis(61_500)),
            Optional.empty(),
            "");
    folders.write(folders.of(result));
    JsonNode card = folders.data().path("results").path(0);
    assertThat(card.path("run").stringValue()).isEqualTo("007");
    assertThat(card.path("sample").intValue()).isEqualTo(4);
    assertThat(card.path("shot").stringValue()).isEqualTo("harbour");
    assertThat(card.path("seconds").doubleValue()).isEqualTo(61.5);
    assertThat(card.path("file").stringValue()).isEqualTo("007/my video?.mp4");
    assertThat(card.path("video").booleanValue()).isTrue();
    assertThat(card.path("frames").intValue()).isEqualTo(33);
    assertThat(card.path("fps").doubleValue()).isEqualTo(16);
    assertThat(card.path("borders").path(0).intValue()).isEqualTo(16);
    assertThat(card.path("measures").path("sharpness").doubleValue()).isEqualTo(12.5);
    assertThat(card.path("posters").path(2).stringValue())
        .matches("contact-sheet/[0-9a-f]{16}-3\\.jpg");
  }

  @Test
  void a_prompt_cannot_end_the_script_and_comes_through_whole() throws Exception {
    String prompt = "</script><!-- \u2028\u2029 \"quoted\" \\ \u0000 é 🦊 <img src=x onerror=y>";
    folders.write(folders.of(Folders.done("a", Map.of("positive_text", prompt))));
    assertThat(folders.script()).isASCII().doesNotContain("<");
    JsonNode parameters = folders.data().path("results").path(0).path("parameters");
    assertThat(parameters.path("positive_text").stringValue()).isEqualTo(prompt);
  }

  @Test
  void a_seed_is_never_rounded() throws Exception {
    BigInteger seed = new BigInteger("18446744073709551615");
    folders.write(
        folders.of(
            Folders.done("a", Map.of("seed", seed)),
            Folders.done("b", Map.of("seed", 9007199254740991L)),
            Folders.done("c", Map.of("seed", 9007199254740992L))));
    assertThat(folders.script())
        .contains("\"seed\":\"18446744073709551615\"")
        .contains("\"seed\":9007199254740991")
        .contains("\"seed\":\"9007199254740992\"");
  }

  @Test
  void failed_and_unreadable_runs_are_cards_with_their_reason() throws Exception {
    folders.video("b", "broken");
    Result failed =
        new Result(
            "a",
            1,
            1,
            "",
            Result.State.FAILED,
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(new Result.Why("OutOfMemory", "24 GB are not enough", "use fp8")),
            "");
    ContactSheet.Written written = folders.write(folders.of(failed, Folders.done("b", Map.of())));
    JsonNode cards = folders.data().path("results");
    assertThat(cards.path(0).path("state").stringValue()).isEqualTo("failed");
    assertThat(cards.path(0).path("problem").path("kind").stringValue()).isEqualTo("OutOfMemory");
    assertThat(cards.path(0).path("problem").path("remedy").stringValue()).isEqualTo("use fp8");
    assertThat(cards.path(1).path("problem").path("found").stringValue())
        .isEqualTo("decoding it: it breaks off");
    assertThat(written.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "b/video.mp4: this file could not be looked at (decoding it), found 'it breaks off':"
                + " render it again");
  }

  @Test
  void a_folder_half_written_by_a_crash_shows_what_is_there() throws Exception {
    folders.of(Folders.done("a", Map.of()));
    Files.writeString(
        folder.resolve(ResultFolder.LINES),
        """
        {"run":"a","index":1,"state":"done","files":["a/video.mp4"],"parameters":{}}
        {"run":"b","ind\
        """);
    ContactSheet.Written written = folders.write(ResultFolder.read(folder));
    assertThat(written.entries()).extracting(e -> e.result().run()).containsExactly("a");
    assertThat(written.problems())
        .singleElement()
        .extracting(Problem::found)
        .asString()
        .isEqualTo("{\"run\":\"b\",\"ind");
    assertThat(folders.data().path("problems").path(0).stringValue()).contains("metadata.jsonl:2");
  }

  @Test
  void an_empty_folder_gives_an_empty_sheet() throws Exception {
    assertThat(folders.write(folders.of()).page()).exists();
    assertThat(folders.data().path("results").size()).isZero();
  }

  @Test
  void results_of_the_simulator_say_so() throws Exception {
    folders.write(
        folders.of(), new SheetOptions("night", true, Optional.empty(), Optional.empty()));
    assertThat(folders.data().path("simulated").booleanValue()).isTrue();
    assertThat(folders.data().path("title").stringValue()).isEqualTo("night");
  }

  @Test
  void a_sweep_file_that_is_no_yaml_is_told_and_the_sheet_written() throws Exception {
    SweepSource broken = new SweepSource("wan.yaml", "parameters: [", List.of());
    ContactSheet.Written written =
        folders.write(
            folders.of(Folders.done("a", Map.of())),
            new SheetOptions("t", false, Optional.empty(), Optional.of(broken)));
    assertThat(written.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.where()).isEqualTo("wan.yaml");
              assertThat(problem.what())
                  .isEqualTo("this sweep file is no YAML, so the page cannot write a narrowed one");
              assertThat(problem.remedy())
                  .isEqualTo("put the sweep file back as it was when the sweep ran");
            });
    assertThat(folders.data().has("sweep")).isFalse();
  }
}
