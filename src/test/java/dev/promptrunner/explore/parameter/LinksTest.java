package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LinksTest {
  private static List<String> links(String example) {
    return Links.of(ExampleWorkflows.parameters(example)).stream()
        .map(
            link ->
                link.first().name()
                    + " = "
                    + link.followers().stream()
                        .map(Parameter::name)
                        .collect(Collectors.joining(" = ")))
        .toList();
  }

  @Test
  void what_two_experts_share_changes_together() {
    assertThat(links("wan22-t2v-two-experts"))
        .containsExactly(
            "high_shift = low_shift",
            "high_seed = low_seed",
            "sampler_high_steps = sampler_low_steps",
            "sampler_high_cfg = sampler_low_cfg",
            "sampler_high_name = sampler_low_name",
            "sampler_high_scheduler = sampler_low_scheduler",
            "sampler_high_end_at_step = sampler_low_start_at_step",
            "lora_high_strength = lora_low_strength");
  }

  @Test
  void base_and_refiner_are_such_experts_too() {
    assertThat(links("sdxl-base-refiner"))
        .contains(
            "base_seed = refiner_seed",
            "sampler_base_steps = sampler_refiner_steps",
            "sampler_base_end_at_step = sampler_refiner_start_at_step");
  }

  @Test
  void a_second_pass_keeps_its_own_settings_but_not_its_own_seed() {
    assertThat(links("latent-upscale-two-pass")).containsExactly("seed = seed_2");
  }

  @Test
  void one_sampler_has_nothing_to_link() {
    assertThat(links("sd15-text-to-image")).isEmpty();
  }

  @Test
  void no_parameter_is_in_two_links() {
    for (String example : ExampleWorkflows.names()) {
      assertThat(
              Links.of(ExampleWorkflows.parameters(example)).stream()
                  .flatMap(
                      link ->
                          java.util.stream.Stream.concat(
                              java.util.stream.Stream.of(link.first()), link.followers().stream()))
                  .map(Parameter::path))
          .as(example)
          .doesNotHaveDuplicates();
    }
  }
}
