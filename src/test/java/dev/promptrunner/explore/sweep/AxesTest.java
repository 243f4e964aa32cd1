package dev.promptrunner.explore.sweep;

import static dev.promptrunner.explore.sweep.Sweeps.PICTURE;
import static dev.promptrunner.explore.sweep.Sweeps.VIDEO;
import static dev.promptrunner.explore.sweep.Sweeps.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.explore.parameter.Parameter;
import dev.promptrunner.explore.parameter.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a sweep file says of parameters, held against those of a workflow. */
class AxesTest {
  @Test
  void parameters_are_found_by_name_and_by_path() {
    List<Axis> axes =
        Axes.of(
                Sweeps.file(
                        """
                        parameters:
                          sampler_low_cfg: {type: continuous, min: 1, max: 8, linked: [sampler_high_cfg]}
                          nodes.57.inputs.steps: {type: linear, min: 4, max: 8, step: 2, linked: [nodes.58.inputs.steps]}
                        """)
                    .parameters(),
                Sweeps.parameters(VIDEO))
            .orThrow();

    assertThat(axes).map(Axis::name).containsExactly("sampler_low_cfg", "sampler_high_steps");
    assertThat(axes).map(Axis::where).containsExactly("s.yaml:3", "s.yaml:4");
    assertThat(axes.getLast().all())
        .map(Parameter::path)
        .containsExactly("nodes.57.inputs.steps", "nodes.58.inputs.steps");
  }

  @Test
  void a_path_or_name_that_is_unknown_is_told_with_the_nearest() {
    assertThat(
            found(
                PICTURE,
                """
                  nodes.3.inputs.cgf: {type: continuous, min: 1, max: 2}
                  nodes.33.inputs.cfg: {type: continuous, min: 1, max: 2}
                  sampler_step: {type: linear, min: 1, max: 2, step: 1, linked: [sampler_dnoise]}
                  nodes.3.inputs.model: {type: values, values: [1]}
                """))
        .containsExactly(
            "s.yaml:3: node 3 (KSampler) has no input cgf, found 'nodes.3.inputs.cgf': did you"
                + " mean nodes.3.inputs.cfg, nodes.3.inputs.seed, nodes.3.inputs.steps?",
            "s.yaml:4: sd15-text-to-image.json has no node 33, found 'nodes.33.inputs.cfg': did you"
                + " mean nodes.3.inputs.cfg, nodes.3.inputs.seed, nodes.6.inputs.text?",
            "s.yaml:5: sd15-text-to-image.json has no parameter of this name, found 'sampler_step':"
                + " did you mean sampler_steps, sampler_name, sampler_cfg?",
            "s.yaml:5: sd15-text-to-image.json has no parameter of this name, found"
                + " 'sampler_dnoise': did you mean sampler_denoise, sampler_name?",
            "s.yaml:6: input model of node 3 (KSampler) is read from node 4, found"
                + " 'nodes.3.inputs.model': set nodes.4.inputs.ckpt_name there");
  }

  @Test
  void mistakes_of_ranges_are_told_together_with_unknown_names() {
    assertThat(
            found(
                PICTURE,
                """
                  sampler_cfg: {type: continuous, min: 9, max: 3}
                  sampler_steps: {type: linear, min: 10, max: 30, step: 0}
                  sampler_denoise: {type: continuous, min: 0, max: 1, scale: log}
                  latent_width: {type: continuous, min: 512.5, max: 1024}
                  nonsense: {type: prompt, values: [a]}
                """))
        .containsExactly(
            "s.yaml:3: the minimum of 'sampler_cfg' is above its maximum, found '9 > 3': swap them",
            "s.yaml:4: the step of 'sampler_steps' must be above 0, found '0': write such as 0.5",
            "s.yaml:5: the minimum of 'sampler_denoise' must be above 0 for scale: log, found '0':"
                + " give a min such as 0.01, or scale: linear",
            "s.yaml:6: 'latent_width' takes whole numbers only, found '512.5': write a whole"
                + " number",
            "s.yaml:7: sd15-text-to-image.json has no parameter of this name, found 'nonsense':"
                + " list the parameters with: prompt-runner analyze WORKFLOW");
  }

  @Test
  void a_seed_has_no_range_to_explore() {
    assertThat(
            found(
                PICTURE,
                """
                  seed: {type: continuous, min: 0, max: 1000}
                """))
        .containsExactly(
            "s.yaml:3: 'seed' (seed of KSampler) is a seed, which has no range to explore: a larger"
                + " seed is no more of anything, found '156680208700286': write type:"
                + " random_seed");
    assertThat(found(PICTURE, "  seed: {type: linear, min: 0, max: 9, count: 3}\n"))
        .singleElement()
        .asString()
        .endsWith("write type: random_seed");
  }

  @Test
  void a_choice_has_no_range_either() {
    assertThat(
            found(
                Sweeps.onServer(PICTURE),
                """
                  sampler_name: {type: continuous, min: 0, max: 1}
                  positive_text: {type: linear, min: 0, max: 1, count: 2}
                """))
        .containsExactly(
            "s.yaml:3: 'sampler_name' (sampler_name of KSampler) is a choice, which has no range,"
                + " found 'euler': write type: values with those to try: euler, euler_cfg_pp,"
                + " euler_ancestral, euler_ancestral_cfg_pp, heun, heunpp2, …",
            "s.yaml:4: 'positive_text' (text of CLIPTextEncode) is a text, which has no range,"
                + " found 'beautiful scenery nature glass bottle landscape, purple galaxy bottle,':"
                + " write type: values with those to try");
  }

  @Test
  void a_value_that_the_server_does_not_offer_is_told_with_the_nearest() {
    assertThat(
            found(
                Sweeps.onServer(PICTURE),
                """
                  sampler_name: {type: values, values: [euler, dpmp_2m, 7]}
                  sampler_scheduler: {type: values, values: [x]}
                """))
        .containsExactly(
            "s.yaml:3: 'sampler_name' (sampler_name of KSampler) does not offer this, found"
                + " 'dpmp_2m': did you mean 'dpmpp_2m'?",
            "s.yaml:3: 'sampler_name' (sampler_name of KSampler) does not offer this, found '7':"
                + " write one of its choices: euler, euler_cfg_pp, euler_ancestral,"
                + " euler_ancestral_cfg_pp, heun, heunpp2, …",
            "s.yaml:4: 'sampler_scheduler' (scheduler of KSampler) does not offer this, found 'x':"
                + " write one of its choices: simple, sgm_uniform, karras, exponential,"
                + " ddim_uniform, beta, …");
  }

  /** Custom nodes add samplers to those of the nodes that everybody has. */
  @Test
  void without_a_server_any_choice_passes() {
    assertThat(found(PICTURE, "  sampler_name: {type: values, values: [res_2s]}\n")).isEmpty();
  }

  @Test
  void ranges_and_values_outside_the_nodes_limits_are_refused() {
    for (Parameters parameters : List.of(Sweeps.parameters(PICTURE), Sweeps.onServer(PICTURE))) {
      assertThat(
              found(
                  parameters,
                  """
                    sampler_cfg: {type: continuous, min: -1, max: 101}
                    sampler_steps: {type: linear, min: 0, max: 10, step: 5}
                    sampler_denoise: {type: values, values: [0.5, 1.01]}
                    latent_width: {type: values, values: [512, 20000]}
                  """))
          .containsExactly(
              "s.yaml:3: 'sampler_cfg' takes numbers from 0 to 100 only, found '-1': stay within"
                  + " them",
              "s.yaml:4: 'sampler_steps' takes numbers from 1 to 10000 only, found '0': stay within"
                  + " them",
              "s.yaml:5: 'sampler_denoise' takes numbers from 0 to 1 only, found '1.01': stay"
                  + " within them",
              "s.yaml:6: 'latent_width' takes numbers from 16 to 16384 only, found '20000': stay"
                  + " within them");
    }
  }

  @Test
  void linked_parameters_are_held_to_their_own_limits() {
    assertThat(
            found(
                PICTURE,
                "  sampler_cfg: {type: continuous, min: 0, max: 5, linked: [sampler_denoise]}\n"))
        .containsExactly(
            "s.yaml:3: 'sampler_denoise' takes numbers from 0 to 1 only, found '5': stay within"
                + " them");
  }

  @Test
  void each_parameter_is_set_once_whatever_it_is_called() {
    assertThat(
            found(
                VIDEO,
                """
                  sampler_high_cfg: {type: continuous, min: 1, max: 2, linked: [sampler_low_cfg]}
                  nodes.57.inputs.cfg: {type: continuous, min: 1, max: 2}
                  sampler_low_cfg: {type: continuous, min: 1, max: 2}
                  high_seed: {type: random_seed, linked: [low_seed, high_seed]}
                """))
        .containsExactly(
            "s.yaml:4: 'sampler_high_cfg' is set already at s.yaml:3, found 'nodes.57.inputs.cfg':"
                + " keep one of the two",
            "s.yaml:5: 'sampler_low_cfg' is set already at s.yaml:3, found 'sampler_low_cfg': keep"
                + " one of the two",
            "s.yaml:6: 'high_seed' is set already at s.yaml:6, found 'high_seed': keep one of the"
                + " two");
  }

  @Test
  void values_are_of_the_parameters_type() {
    assertThat(
            found(
                PICTURE,
                """
                  sampler_cfg: {type: values, values: [7, high, true, null, [1]]}
                  sampler_steps: {type: values, values: [20, 20.0, 20.5]}
                  seed: {type: values, values: [0, 18446744073709551615, 18446744073709551616, -1, 1.5]}
                  positive_text: {type: values, values: [a fox, 3]}
                """))
        .containsExactly(
            "s.yaml:3: 'sampler_cfg' (cfg of KSampler) takes numbers, found 'high': write one",
            "s.yaml:3: 'sampler_cfg' (cfg of KSampler) takes numbers, found 'true': write one",
            "s.yaml:3: 'sampler_cfg' (cfg of KSampler) takes numbers, found 'null': write one",
            "s.yaml:3: 'sampler_cfg' (cfg of KSampler) takes numbers, found '[1]': write one",
            "s.yaml:4: 'sampler_steps' (steps of KSampler) takes whole numbers, found '20.5': write"
                + " one",
            "s.yaml:5: 'seed' (seed of KSampler) takes whole numbers from 0 to"
                + " 18446744073709551615, found '18446744073709551616': write one",
            "s.yaml:5: 'seed' (seed of KSampler) takes whole numbers from 0 to"
                + " 18446744073709551615, found '-1': write one",
            "s.yaml:5: 'seed' (seed of KSampler) takes whole numbers from 0 to"
                + " 18446744073709551615, found '1.5': write one",
            "s.yaml:6: 'positive_text' (text of CLIPTextEncode) takes text, found '3': put it in"
                + " quotes");
  }

  @Test
  void infinities_are_no_numbers() {
    assertThat(
            found(
                PICTURE,
                """
                  sampler_cfg: {type: values, values: [.inf, -.inf, .nan, 1e999]}
                  sampler_steps: {type: values, values: [.inf]}
                """))
        .hasSize(5)
        .allMatch(problem -> problem.contains("takes numbers") || problem.contains("takes whole"));
  }

  @Test
  void prompts_go_to_texts_and_random_seeds_to_whole_numbers() {
    assertThat(
            found(
                PICTURE,
                """
                  sampler_cfg: {type: prompt, values: [a fox]}
                  positive_text: {type: random_seed}
                  sampler_steps: {type: random_seed, min: 1, max: 20000}
                  sampler_name: {type: prompt, values: [euler]}
                  negative_text: {type: prompt, values: [3]}
                """))
        .containsExactly(
            "s.yaml:3: 'sampler_cfg' is no text, so that it takes no prompts, found 'number': write"
                + " type: values",
            "s.yaml:4: 'positive_text' is no seed, found 'text': write type: continuous, linear or"
                + " values",
            "s.yaml:5: 'sampler_steps' takes numbers from 1 to 10000 only, found '20000': stay"
                + " within them",
            "s.yaml:6: 'sampler_name' is no text, so that it takes no prompts, found 'choice':"
                + " write type: values",
            "s.yaml:7: 'negative_text' (text of CLIPTextEncode) takes text, found '3': put it in"
                + " quotes");
  }

  private static List<String> found(String example, String parameters) {
    return found(Sweeps.parameters(example), parameters);
  }

  private static List<String> found(Parameters of, String parameters) {
    return problems(Axes.of(Sweeps.file("parameters:\n" + parameters).parameters(), of));
  }
}
