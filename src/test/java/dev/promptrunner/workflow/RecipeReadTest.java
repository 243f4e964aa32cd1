package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recipes that differ in one thing from the smallest good one. */
class RecipeReadTest {
  private static final String GOOD =
      """
      name: tiny
      frames: {rule: n, rate: 24000/1001, native: 9, reference_offset: 1, drift_after: 3}
      size: {multiple: 8, usual: 64x48}
      swap_seconds: 0
      combining: {frames_factor: 1, frames_short: 0, size_factor: 1}
      render:
        workflow: w.json
        edits:
          - {set: 1.seed, to: "${seed}"}
        with_reference:
          - {set: 1.picture, to: "${reference}"}
      high:
        edits:
          - {remove: 2.image}
        targets: [3]
        outputs: [{latent: 3, folder: "${latent_dir}", files: ["${latent_name}*"]}]
      low:
        targets: [3]
        outputs: [{video: 3}]
      combine: {workflow: w.json}
      combine_first:
        targets: [3]
        outputs: [{video: 3}]
      combine_next:
        edits: [{set: 1.picture, to: "${previous}"}]
        targets: [3]
        outputs: [{video: 3}]
      """;
  private static final String WORKFLOW =
      """
      {"1": {"class_type": "Make", "inputs": {"seed": 1, "picture": "x"}},
       "2": {"class_type": "Work", "inputs": {"image": ["1", 0], "mode": "a"}},
       "3": {"class_type": "Save", "inputs": {"image": ["2", 0]}},
       "4": {"class_type": "Look", "inputs": {"image": ["2", 0]}}}
      """;

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = dir.resolve("r.yaml");
    Files.writeString(dir.resolve("w.json"), WORKFLOW);
  }

  @Test
  void reads_the_smallest_recipe() throws IOException {
    Recipe recipe = read(GOOD).orThrow();
    assertThat(recipe.name()).isEqualTo("tiny");
    assertThat(recipe.description()).isEmpty();
    assertThat(recipe.numbers().frameRate()).hasToString("24000/1001");
    assertThat(recipe.numbers().steps()).isEmpty();
    assertThat(recipe.loads(Pass.LOW)).isEmpty();
    assertThat(recipe.file()).isEqualTo(file);
  }

  @Test
  void an_unknown_variable_is_named_with_the_one_that_was_meant() throws IOException {
    assertThat(problems(GOOD.replace("${seed}", "${sede}")))
        .containsExactly(
            "r.yaml:9: there is no such variable, found '${sede}': did you mean 'seed'?");
    assertThat(problems(GOOD.replace("${latent_name}*", "${name}*")))
        .singleElement()
        .asString()
        .startsWith(
            "r.yaml:16: there is no such variable, found '${name}': variables here: frames,");
  }

  @Test
  void a_variable_of_another_pass_is_refused() throws IOException {
    assertThat(problems(GOOD.replace("${seed}", "${previous}")))
        .containsExactly(
            "r.yaml:9: this variable has no value in high, low, found '${previous}': variables"
                + " here: frames, start_frame, width, height, seed, steps, positive, negative,"
                + " control_video, latent_dir, latent_name, output_prefix, frame_rate");
    assertThat(problems(GOOD.replace("${seed}", "${reference}")))
        .singleElement()
        .asString()
        .startsWith("r.yaml:9: this variable has no value in high, low without a reference, found");
    assertThat(problems(GOOD.replace("${previous}", "${seed}")))
        .containsExactly(
            "r.yaml:25: this variable has no value in combine_next, found '${seed}': variables"
                + " here: output_prefix, frame_rate, segment, previous, trim_skip, trim_frames,"
                + " combine_frame_rate");
  }

  @Test
  void an_unknown_node_input_or_target_is_named_with_what_is_near() throws IOException {
    assertThat(
            problems(
                GOOD.replace("1.seed", "11.seed")
                    .replace("2.image", "2.imgae")
                    .replaceFirst("targets: \\[3]", "targets: [33]")))
        .containsExactly(
            "r.yaml:9: the workflow has no such node, found '11': did you mean '1'?",
            "r.yaml:14: node 2 (Work) has no such input, found 'imgae': did you mean 'image'?",
            "r.yaml:15: the target is no node that high sends, found '33': did you mean '3'?");
  }

  @Test
  void an_output_must_come_of_a_node_that_is_sent() throws IOException {
    assertThat(
            problems(
                GOOD.replaceFirst(
                    "low:\n  targets: \\[3]\n  outputs: \\[\\{video: 3",
                    "low:\n  targets: [3]\n  outputs: [{video: 4")))
        .containsExactly(
            "r.yaml:19: the output is no node that low sends, found '4': did you mean '1'?");
  }

  @Test
  void unknown_keys_are_errors_with_a_suggestion() throws IOException {
    assertThat(
            problems(
                GOOD.replace("size: {multiple: 8,", "size: {multipel: 8, multiple: 8,")
                    .replace("with_reference:", "with_referense:")
                    .replace("{remove: 2.image}", "{remove: 2.image, form: 3}")
                    .concat("banana: 1\n")))
        .containsExactly(
            "r.yaml:3: unknown key, found 'multipel': did you mean 'multiple'?",
            "r.yaml:10: unknown key, found 'with_referense': did you mean 'with_reference'?",
            "r.yaml:14: unknown key, found 'form': known keys: link, remove, set",
            "r.yaml:28: unknown key, found 'banana': known keys: combine, combine_first,"
                + " combine_next, combining, description, frames, high, low, name, render, size,"
                + " steps, swap_seconds");
  }

  @Test
  void wrong_numbers_are_all_reported() throws IOException {
    assertThat(
            problems(
                GOOD.replace("rule: n", "rule: 4m+1")
                    .replace("24000/1001", "fast")
                    .replace("native: 9", "native: 0")
                    .replace("multiple: 8", "multiple: eight")
                    .replace("64x48", "64")
                    .replace("swap_seconds: 0", "steps: 0")))
        .containsExactly(
            "r.yaml:2: rule must look like 4n+1 or n, found '4m+1': correct it in the recipe",
            "r.yaml:2: rate must look like 16 or 30000/1001, found 'fast': correct it in the"
                + " recipe",
            "r.yaml:2: native must be a whole number from 1 to 100000, found '0': correct it in the"
                + " recipe",
            "r.yaml:3: multiple must be a whole number from 1 to 1024, found 'eight': correct it in"
                + " the recipe",
            "r.yaml:3: usual must look like 832x480, found '64': correct it in the recipe",
            "r.yaml:4: steps must be a whole number from 1 to 1000, found '0': correct it in the"
                + " recipe",
            "r.yaml:1: swap_seconds must be a whole number from 0 to 3600, found 'nothing': correct"
                + " it in the recipe");
  }

  @Test
  void wrong_edits_are_all_reported() throws IOException {
    String edits =
        """
          edits:
            - {set: 1.seed}
            - {set: seed, to: 1}
            - {set: 1.seed, remove: 1.seed, to: 1}
            - {link: 3.image}
            - {link: 3.image, from: 2, slot: -1}
            - {to: 1}
            - banana
        """;
    assertThat(problems(GOOD.replace("  edits:\n    - {remove: 2.image}\n", edits)))
        .containsExactly(
            "r.yaml:14: set needs a value: add to: VALUE",
            "r.yaml:15: set must name a node and an input, such as 19.value, found 'seed': correct"
                + " it in the recipe",
            "r.yaml:16: an edit is one of set, remove and link: write 'set: NODE.INPUT' and 'to:"
                + " VALUE', 'remove: NODE.INPUT', or 'link: NODE.INPUT' and 'from: NODE'",
            "r.yaml:17: from is missing: add from: …",
            "r.yaml:18: slot must be a whole number from 0 to 1000, found '-1': correct it in the"
                + " recipe",
            "r.yaml:19: an edit is one of set, remove and link: write 'set: NODE.INPUT' and 'to:"
                + " VALUE', 'remove: NODE.INPUT', or 'link: NODE.INPUT' and 'from: NODE'",
            "r.yaml:20: here must stand keys and values, found '\"banana\"': write key: value"
                + " lines");
  }

  @Test
  void a_pass_without_targets_or_outputs_is_reported() throws IOException {
    assertThat(
            problems(
                GOOD.replace(
                    "low:\n  targets: [3]\n  outputs: [{video: 3}]",
                    "low:\n  outputs: [{video: 3, image: 3}, {latent: 3, folder: x}]\n"
                        + "  loads: ''")))
        .containsExactly(
            "r.yaml:18: an output is one of latent, video and image: write video: NODE",
            "r.yaml:18: folder and files belong together: write both, or neither",
            "r.yaml:19: loads must be text: correct it in the recipe",
            "r.yaml:17: low names no targets: add targets: [id of an output node]");
  }

  @Test
  void problems_of_the_workflows_are_in_the_same_report() throws IOException {
    Files.writeString(dir.resolve("w.json"), "{\"nodes\": [], \"links\": []}");
    assertThat(problems(GOOD.replace("multiple: 8", "multiple: 0")))
        .containsExactly(
            "r.yaml:3: multiple must be a whole number from 1 to 1024, found '0': correct it in the"
                + " recipe",
            "w.json: this is the editor's own format, which a server cannot run, found '0 nodes and"
                + " their places on the screen': open it in the ComfyUI editor and save it with"
                + " Workflow → Export (API)");
    assertThat(
            problems(GOOD.replace("combine: {workflow: w.json}", "combine: {workflow: none.json}")))
        .contains(
            "none.json: the workflow is not there: put it there, or correct 'workflow' in the"
                + " recipe");
  }

  @Test
  void broken_yaml_is_told_with_line_and_column() throws IOException {
    assertThat(problems("name: a\n  b: [\n"))
        .singleElement()
        .asString()
        .startsWith("r.yaml:2:")
        .contains(": the recipe is not valid YAML, found '")
        .endsWith("': correct the line; indentation is part of YAML");
    assertThat(problems("name: a\nname: b\n"))
        .singleElement()
        .asString()
        .contains("Duplicate Object property \"name\"");
  }

  @Test
  void a_missing_or_empty_recipe_is_told() throws IOException {
    Path missing = dir.resolve("none.yaml");
    assertThat(Recipe.read(missing).problems())
        .extracting(Problem::toString)
        .containsExactly(
            missing + ": the recipe is not there: check the path, or leave --recipe out");
    assertThat(problems(""))
        .containsExactly(
            "r.yaml: the recipe is empty: start from a copy of workflows/wan22-vace.yaml");
    assertThat(problems("steps: 8"))
        .contains("r.yaml:1: name is missing: add name: …")
        .contains("r.yaml:1: the section render is missing: add render");
    assertThat(problems("[1]")).isNotEmpty();
  }

  @Test
  void the_digest_changes_with_what_is_sent_and_not_with_words() throws IOException {
    Recipe one = read(GOOD).orThrow();
    Recipe reworded =
        read("# comment\ndescription: more\n" + GOOD.replace("name: tiny", "name: big")).orThrow();
    Recipe other = read(GOOD.replace("rule: n", "rule: 4n+1")).orThrow();
    assertThat(reworded.digest()).isEqualTo(one.digest());
    assertThat(other.digest()).isNotEqualTo(one.digest());
    Files.writeString(dir.resolve("w.json"), WORKFLOW.replace("\"a\"", "\"b\""));
    assertThat(read(GOOD).orThrow().digest()).isNotEqualTo(one.digest());
  }

  @Test
  void yaml_anchors_spare_repetition() throws IOException {
    String text =
        GOOD.replaceFirst("targets: \\[3]", "targets: &all [3]")
            .replace("combine_first:\n  targets: [3]", "combine_first:\n  targets: *all");
    assertThat(read(text).orThrow().pass(Pass.COMBINE_FIRST).targets().getFirst().value())
        .isEqualTo("3");
  }

  @Test
  void never_throws_whatever_the_bytes_are() throws IOException {
    byte[] good = GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int seed = 0; seed < 600; seed++) {
      Files.write(file, WorkflowReadTest.mutated(good, new Random(seed)));
      Reading<Recipe> reading = Recipe.read(file);
      assertThat(reading instanceof Reading.Good<Recipe> || !reading.problems().isEmpty())
          .as("seed %d", seed)
          .isTrue();
    }
  }

  private Reading<Recipe> read(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return Recipe.read(file);
  }

  /** With the folder's name taken out. */
  private List<String> problems(String yaml) throws IOException {
    return read(yaml).problems().stream()
        .map(problem -> problem.toString().replace(dir + "/", ""))
        .toList();
  }

  @Test
  void an_emoji_may_stand_anywhere_also_where_the_yaml_librarys_buffer_ends() throws IOException {
    for (int before = 1_020; before < 1_030; before++) {
      String comment = "#" + "x".repeat(before - 2) + "\ud83d\ude00\n";
      Files.writeString(file, comment + GOOD);
      assertThat(Recipe.read(file)).isInstanceOf(Reading.Good.class);
    }
  }

  @Test
  void a_few_lines_that_stand_for_more_than_any_memory_holds_are_refused() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 x\n");
    for (int i = 1; i < 12; i++) {
      String inner = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", Collections.nCopies(10, inner))));
    }
    Files.writeString(file, bomb);

    assertThat(Recipe.read(file))
        .isInstanceOfSatisfying(
            Reading.Bad.class,
            bad ->
                assertThat(bad.problems().toString())
                    .contains("the recipe is not valid YAML", "too many events to replay"));
  }

  @Test
  void a_file_that_no_person_wrote_is_not_read() throws IOException {
    Files.write(file, new byte[16_000_001]);

    assertThat(Recipe.read(file))
        .isInstanceOfSatisfying(
            Reading.Bad.class,
            bad -> assertThat(bad.problems().toString()).contains("the recipe is too large"));
  }
}
