package dev.promptrunner.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.simulator.Simulator;
import dev.promptrunner.simulator.SimulatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One prompt file among ten asks for what the server refuses. */
@Timeout(300)
class PoisonPromptIT extends CommandLine {
  private static final String REFUSAL =
      """
      {"error": {"type": "prompt_outputs_failed_validation",
                 "message": "Prompt outputs failed validation", "details": "", "extra_info": {}},
       "node_errors": {
         "4": {"errors": [{"type": "value_not_in_list", "message": "Value not in list",
                 "details": "model: 'low.gguf' not in ['high.gguf']",
                 "extra_info": {"input_name": "model", "input_config": [["high.gguf"], {}],
                                "received_value": "low.gguf"}}],
               "dependent_outputs": ["340"], "class_type": "WanVideoModelLoader"}}}
      """;
  private static final String NODE = "node 4 (WanVideoModelLoader \"Expert (HIGH or LOW)\")";
  private static final String FOUND = NODE + ", input model: Value not in list (found 'low.gguf')";
  private static final String REMEDY =
      "put the file into ComfyUI's models/diffusion_models folder, or choose one of" + " high.gguf";

  @Test
  void nine_of_ten_are_delivered_and_the_tenth_is_explained() throws Exception {
    List<String> names = List.of("a", "b", "c", "d", "poison", "f", "g", "h", "i", "j");
    for (String name : names) {
      video(name);
      prompt(name, name + "\n\n4\n\na " + name + " walks\n\nblurry\n");
    }
    Path archives = dir.resolve("archives");
    try (Simulator simulator = Simulator.start(SimulatorSettings.under(dir.resolve("server")));
        RefusingProxy server =
            new RefusingProxy(
                simulator.url(), (_, body) -> body.contains("a poison walks"), REFUSAL)) {
      Told told = renderOn(server.url(), "--deliver", "file://" + archives);

      told.among(
          1,
          "poison_KEY/job_001: failed (Rejected): sending poison_KEY/job_001 to http://HOST:PORT: "
              + FOUND
              + " — "
              + REMEDY,
          "failed   poison_KEY after 0 of 4 jobs",
          "         found        sending poison_KEY/job_001 to http://HOST:PORT: " + FOUND,
          "         do           " + REMEDY,
          "run RUN: finished in TIME, 9 done, 1 not done, exit code 1");
      assertThat(server.sent()).as("the refused job is sent once").isEqualTo(1 + 9 * 2);
    }
    assertThat(delivered(archives)).hasSize(9).noneMatch(name -> name.contains("poison"));
    assertToldInStatus();
    assertToldInLogOnce();
  }

  private void assertToldInStatus() {
    Told status = tell("status", "--output", output().toString());

    assertThat(status.code()).isZero();
    assertThat(status.out().lines())
        .filteredOn(line -> line.contains("poison"))
        .hasSize(2)
        .anyMatch(line -> line.contains("failed"))
        .contains("    poison_KEY/job_001 Rejected: " + FOUND + " — " + REMEDY);
  }

  private void assertToldInLogOnce() throws Exception {
    List<String> lines = Files.readAllLines(output().resolve("logs/prompt-runner.log"));

    assertThat(lines).filteredOn(line -> line.contains("job_001: failed (Rejected)")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.contains(NODE))
        .as("the job's failure and its prompt file's, each once")
        .hasSize(2);
  }

  private static List<String> delivered(Path archives) throws Exception {
    try (Stream<Path> tree = Files.walk(archives)) {
      return tree.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".zip"))
          .toList();
    }
  }
}
