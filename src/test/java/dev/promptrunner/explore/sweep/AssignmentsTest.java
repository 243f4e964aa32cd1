package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.PICTURE;
import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Parameters;
import dev.promptrunner.workflow.Reading;
import dev.promptrunner.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AssignmentsTest {
  @Test
  void values_are_read_by_the_type_of_the_parameter() {
    assertThat(
            read(
                    "sampler_steps=30",
                    " sampler_cfg = 4.50 ",
                    "nodes.3.inputs.denoise=1",
                    "seed=18446744073709551615",
                    "sampler_name=euler",
                    "positive_text=a = b, \"c\" ",
                    "negative_text=")
                .orThrow()
                .toString())
        .isEqualTo(
            "{sampler_steps=30, sampler_cfg=4.5, sampler_denoise=1, seed=18446744073709551615,"
                + " sampler_name=\"euler\", positive_text=\"a = b, \\\"c\\\" \","
                + " negative_text=\"\"}");
  }

  @Test
  void of_two_assignments_the_later_one_counts_whatever_the_parameter_is_called() {
    assertThat(read("seed=1", "nodes.3.inputs.seed=2").orThrow().toString()).isEqualTo("{seed=2}");
  }

  @Test
  void every_mistake_is_told_in_one_report() {
    assertThat(
            problems(
                read(
                    "sampler_cfg",
                    "=3",
                    "sampler_cgf=3",
                    "nodes.3.inputs.model=x",
                    "sampler_cfg=high",
                    "sampler_cfg=101",
                    "sampler_steps=2.5",
                    "seed=18446744073709551616",
                    "seed=-1",
                    "sampler_steps=1e999999999",
                    "sampler_name=dpmp_2m")))
        .containsExactly(
            "--set: not an assignment, found 'sampler_cfg': write NAME=VALUE",
            "--set: not an assignment, found '=3': write NAME=VALUE",
            "--set: sd15-text-to-image.json has no parameter of this name, found 'sampler_cgf': did"
                + " you mean sampler_cfg, sampler_name?",
            "--set: input model of node 3 (KSampler) is read from node 4, found"
                + " 'nodes.3.inputs.model': set nodes.4.inputs.ckpt_name there",
            "--set: 'sampler_cfg' (cfg of KSampler) takes numbers, found 'high': write one",
            "--set: 'sampler_cfg' takes numbers from 0 to 100 only, found '101': stay within them",
            "--set: 'sampler_steps' (steps of KSampler) takes whole numbers, found '2.5': write"
                + " one",
            "--set: 'seed' (seed of KSampler) takes whole numbers from 0 to 18446744073709551615,"
                + " found '18446744073709551616': write one",
            "--set: 'seed' (seed of KSampler) takes whole numbers from 0 to 18446744073709551615,"
                + " found '-1': write one",
            "--set: 'sampler_steps' (steps of KSampler) takes whole numbers, found '1e999999999':"
                + " write one",
            "--set: 'sampler_name' (sampler_name of KSampler) does not offer this, found 'dpmp_2m':"
                + " did you mean 'dpmpp_2m'?");
  }

  @Test
  void a_switch_takes_true_and_false_only() {
    Parameters parameters =
        Parameters.of(
            Workflow.read("w.json", "{\"1\": {\"class_type\": \"X\", \"inputs\": {\"on\": true}}}")
                .orThrow(),
            Optional.empty());
    String name = parameters.all().getFirst().name();
    assertThat(Assignments.read("--set", List.of(name + "=false"), parameters).orThrow())
        .hasToString("{" + name + "=false}");
    assertThat(problems(Assignments.read("--set", List.of(name + "=no"), parameters)))
        .containsExactly(
            "--set: '%s' (on of X) takes true or false, found 'no': write true or false, without"
                    .formatted(name)
                + " quotes");
  }

  private static Reading<Map<String, JsonNode>> read(String... written) {
    return Assignments.read("--set", List.of(written), Sweeps.onServer(PICTURE));
  }
}
