package dev.promptrunner.explore.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.explore.parameter.SweepText;
import dev.promptrunner.explore.result.ResultJson;
import dev.promptrunner.explore.sample.Constraint;
import dev.promptrunner.testing.Fuzz;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExploreFuzzTest {
  private static final String EVERYTHING =
      """
      workflow: w.json
      strategy: lhs
      num_samples: 5
      seeds_per_sample: 2
      seed_mode: increment
      scramble: true
      run_name: "{index}_{cfg}"
      targets: ["9"]
      parameters:
        cfg: {type: continuous, min: 1e-3, max: 9, scale: log, linked: [cfg_2]}
        steps: {type: linear, min: 1, max: 9, count: 3}
        sampler: {type: values, values: [a, 1, true, null]}
        seed: {type: random_seed, min: 0, max: 18446744073709551615}
        text: {type: prompt, values: ["a 🦊", "b"]}
      constraints: ["cfg + 1 < steps", "sampler != 'a'"]
      shots: {folder: f, prompt: text, first_frame: i}
      nodes: {"9": {class: SaveImage, title: T}}
      """;

  @TempDir private Path folder;

  @Test
  void a_sweep_file_is_read_or_refused_with_problems() throws IOException {
    Workflow workflow = Workflow.read(Path.of("workflows/wan22-t2v.json")).orThrow();
    Path file = folder.resolve("sweep.yaml");
    Fuzz.run(
        "sweep-file",
        List.of(
            bytes(EVERYTHING),
            bytes(SweepText.of(Parameters.of(workflow, Optional.empty()), "w.json"))),
        input -> {
          Files.write(file, input);
          refusedWithProblems(SweepFile.read(file));
        });
  }

  @Test
  void a_constraint_is_read_or_refused_with_problems() {
    Fuzz.run(
        "constraint",
        List.of(bytes("high_steps + 2 <= steps - -1.5e3"), bytes("nodes.3.inputs.a != 'x y'")),
        input -> refusedWithProblems(Constraint.parse(text(input), "s.yaml:1")));
  }

  @Test
  void a_constraint_of_endless_length_is_refused() {
    assertThat(Constraint.parse("a".repeat(1001), "s.yaml:1").problems())
        .singleElement()
        .hasToString(
            "s.yaml:1: the constraint is too long, found '1001 characters': write several shorter"
                + " ones, of at most 1000");
  }

  @Test
  void a_line_of_results_is_read_or_refused() {
    Fuzz.run(
        "result-line",
        List.of(
            bytes(
                "{\"run\":\"001\",\"index\":1,\"sample\":1,\"state\":\"failed\",\"parameters\":"
                    + "{\"seed\":18446744073709551615,\"cfg\":NaN},\"files\":[\"001/001.mp4\"],"
                    + "\"borders\":[81],\"seconds\":1.5,\"failure\":{\"kind\":\"OutOfMemory\"}}")),
        input -> ResultJson.read(text(input)),
        IllegalArgumentException.class);
  }

  private static void refusedWithProblems(Reading<?> reading) {
    assertThat(reading instanceof Reading.Good<?> || !reading.problems().isEmpty()).isTrue();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
