package dev.promptrunner.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import dev.promptrunner.testing.Fuzz;
import dev.promptrunner.testing.RecordedJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkflowFuzzTest {
  private static final Path SHIPPED = Path.of("workflows");

  @TempDir Path folder;

  @Test
  void a_recipe_is_read_or_refused_with_problems() throws IOException {
    for (Path file : files(".json")) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    Path recipe = folder.resolve("recipe.yaml");
    List<byte[]> corpus = new ArrayList<>(contents(".yaml"));
    corpus.add("name: &a x\ndescription: *a\nrender: {high: &b [1, *a], low: *b}\n".getBytes());

    corpus.add(
        ("#" + " \ud83d\ude00x".repeat(700) + "\nname: x\n").getBytes(StandardCharsets.UTF_8));

    Fuzz.run(
        "recipe",
        corpus,
        input -> {
          Files.write(recipe, input);
          refusedWithProblems(Recipe.read(recipe));
        });
  }

  @Test
  void a_workflow_is_read_or_refused_with_problems() throws IOException {
    Fuzz.run(
        "workflow",
        contents(".json"),
        input -> {
          Reading<Workflow> reading =
              Workflow.read("w.json", new String(input, StandardCharsets.UTF_8));
          refusedWithProblems(reading);
          if (reading instanceof Reading.Good<Workflow>(Workflow workflow)) {
            workflow.closure(workflow.nodes().keySet()).digest();
          }
        });
  }

  @Test
  void object_info_is_read_as_far_as_it_is_understood() {
    String whole = RecordedJob.text("object_info.json");
    List<byte[]> corpus =
        List.of(
            whole.substring(0, Math.min(whole.length(), 60_000)).getBytes(StandardCharsets.UTF_8),
            """
            {"A":{"input":{"required":{"model":[["a","b"],{}],"n":["INT",{"default":0,"min":0,"max":18446744073709551615}]},
             "optional":{"o":["COMBO",{"options":["x"]}]},"hidden":{"id":"UNIQUE_ID"}},"output":["IMAGE",["a"]],
             "output_node":true},"B":{"input":{"required":{"f":["FLOAT",{"default":NaN}]}},"output":[]}}
            """
                .getBytes(StandardCharsets.UTF_8));
    Fuzz.run("object-info", corpus, input -> refusedWithProblems(ObjectInfo.parse("s", input)));
  }

  private static void refusedWithProblems(Reading<?> reading) {
    if (reading instanceof Reading.Bad<?>(List<Problem> problems)) {
      assertThat(problems).isNotEmpty();
    }
  }

  private static List<byte[]> contents(String ending) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files(ending)) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(SHIPPED)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
