package dev.promptrunner.explore.sweep;

import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.testing.Fuzz;
import dev.promptrunner.workflow.LocatedTree;
import dev.promptrunner.workflow.Reading;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepFuzzTest {
  private static final String FILE =
      """
      workflow: sd15.json
      name: my sweep
      strategy: lhs
      num_samples: 12
      seeds_per_sample: 2
      seed_mode: increment
      run_name: "{index}_{sampler_cfg}"
      targets: ["9"]
      parameters:
        sampler_cfg: {type: continuous, min: 3, max: 9, scale: log}
        sampler_steps: {type: linear, min: 10, max: 30, step: 5}
        sampler_denoise: {type: linear, min: 0, max: 1, count: 3}
        nodes.3.inputs.scheduler: {type: values, values: [euler, 2, true]}
        seed: {type: random_seed, min: 0, max: 18446744073709551615, linked: [latent_width]}
        positive_text: {type: prompt, values: ["a red fox", "a blue fox"]}
      constraints: [sampler_steps < sampler_cfg + 20, "sampler_name == 'euler'"]
      shots: {folder: takes, prompt: positive_text, first_frame: image}
      nodes: {"3": {class: KSampler, title: KSampler}, "309:298": {class: VAEDecode}}
      """;

  @Test
  void a_sweep_file_is_read_or_refused_with_problems() {
    Path file = Path.of("s.yaml");
    Parameters parameters = Sweeps.onServer(Sweeps.PICTURE);
    Fuzz.run(
        "sweep",
        List.of(FILE.getBytes(StandardCharsets.UTF_8)),
        input -> {
          Reading<SweepFile> sweep =
              LocatedTree.parse("s.yaml", input, SweepFile.FORM)
                  .then(tree -> new SweepReader(file, tree).read())
                  .then(read -> read.on(parameters.workflow()));
          if (sweep instanceof Reading.Good<SweepFile>(SweepFile good)) {
            good.notes(parameters.workflow());
            // The points themselves may be a million, which is allowed.
            var _ = Axes.of(good.parameters(), parameters);
          }
        });
  }
}
