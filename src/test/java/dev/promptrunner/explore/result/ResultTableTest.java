package dev.promptrunner.explore.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class ResultTableTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final BigInteger LARGEST = new BigInteger("18446744073709551615");

  @TempDir private Path folder;

  @Test
  void a_result_reads_back_as_it_was_written_seeds_to_the_last_digit() throws Exception {
    Result result = result("001", "a \"fox\",\nrunning");

    table().write(List.of(result));

    assertThat(ResultFolder.read(folder).results()).containsExactly(result);
    assertThat(ResultFolder.read(folder).results().getFirst().parameters().get("seed"))
        .isEqualTo(NODES.numberNode(LARGEST));
  }

  @Test
  void a_spreadsheet_gets_a_column_for_each_parameter() throws Exception {
    table().write(List.of(result("001", "fox")));

    assertThat(Files.readAllLines(folder.resolve("metadata.csv")))
        .containsExactly(
            "run,index,sample,shot,state,seconds,cfg,seed,text,files,failure,found,made",
            "001,1,1,,done,1.500,-3.5,18446744073709551615,fox,001/001.mp4,,,abc");
  }

  @Test
  void a_cell_that_looks_like_a_formula_is_none() throws Exception {
    table().write(List.of(result("001", "=HYPERLINK(\"http://x\")")));

    assertThat(Files.readString(folder.resolve("metadata.csv")))
        .contains("\"'=HYPERLINK(\"\"http://x\"\")\"")
        .contains(",-3.5,");
  }

  @Test
  void of_two_lines_for_a_run_the_later_counts_and_a_half_one_is_told() throws Exception {
    ResultTable table = table();
    table.write(List.of(result("001", "early"), result("002", "b")));
    table.add(result("001", "late"));
    String half = ResultJson.write(result("003", "c")).substring(0, 20);
    Files.writeString(
        folder.resolve("metadata.jsonl"),
        Files.readString(folder.resolve("metadata.jsonl")) + half);

    ResultFolder read = ResultFolder.read(folder);

    assertThat(read.results()).extracting(Result::run).containsExactly("001", "002");
    assertThat(read.results().getFirst().parameters().get("text").asString()).isEqualTo("late");
    assertThat(read.problems())
        .singleElement()
        .hasToString(
            folder
                + "/metadata.jsonl:4: this line is no result, as a crash leaves one half written,"
                + " found '"
                + half
                + "': give the same command again: it writes the file anew");
  }

  @Test
  void a_line_that_is_cut_within_a_letter_costs_no_other_line() throws Exception {
    table().write(List.of(result("001", "whole")));
    byte[] umlaut = "{\"run\": \"002\", \"shot\": \"\u00fc".getBytes(StandardCharsets.UTF_8);
    Files.write(
        folder.resolve("metadata.jsonl"),
        Arrays.copyOf(umlaut, umlaut.length - 1),
        StandardOpenOption.APPEND);

    ResultFolder read = ResultFolder.read(folder);

    assertThat(read.results()).extracting(Result::run).containsExactly("001");
    assertThat(read.problems())
        .singleElement()
        .asString()
        .startsWith(folder + "/metadata.jsonl:2: this line is no result");
  }

  @Test
  void why_a_run_failed_is_kept() {
    Result failed =
        new Result(
            "001",
            1,
            1,
            "",
            Result.State.FAILED,
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of(new Result.Why("OutOfMemory", "CUDA out of memory", "smaller")),
            "abc");

    assertThat(ResultJson.read(ResultJson.write(failed))).isEqualTo(failed);
  }

  @Test
  void what_is_no_result_is_quoted() {
    assertThatThrownBy(() -> ResultJson.read("{\"x\": 1}"))
        .hasMessage("not a result: '{\"x\": 1}'");
    assertThatThrownBy(() -> ResultJson.read("{\"run\": \"1\", \"state\": \"odd\"}"))
        .hasMessageStartingWith("not a result: ");
  }

  @Test
  void a_folder_without_lines_shows_the_videos_and_images_that_it_holds() throws Exception {
    for (String file :
        List.of("b.mp4", "sub/a.PNG", "notes.txt", ".hidden/x.mp4", "contact-sheet/t.jpg")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "x");
    }

    assertThat(ResultFolder.read(folder).results())
        .extracting(Result::run, result -> result.files().getFirst())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b", "b.mp4"),
            org.assertj.core.groups.Tuple.tuple("sub/a", "sub/a.PNG"));
  }

  private ResultTable table() {
    return new ResultTable(folder, List.of("cfg", "seed", "text"));
  }

  private static Result result(String run, String text) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    parameters.put("cfg", NODES.numberNode(-3.5));
    parameters.put("seed", NODES.numberNode(LARGEST));
    parameters.put("text", NODES.stringNode(text));
    return new Result(
        run,
        1,
        1,
        "",
        Result.State.DONE,
        parameters,
        List.of(run + "/" + run + ".mp4"),
        List.of(),
        Optional.of(Duration.ofMillis(1500)),
        Optional.empty(),
        "abc");
  }
}
