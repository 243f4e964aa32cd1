package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.workflow.Workflow;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SuggestionTest {
  private static String suggested(String classType, String field, String value) {
    String json =
        "{'1':{'class_type':'%s','inputs':{'%s':%s,'x':['2',0]}},'2':{'class_type':'A','inputs':{}}}"
            .formatted(classType, field, value)
            .replace('\'', '"');
    Parameters all = Parameters.of(Workflow.read("w.json", json).orThrow(), Optional.empty());
    return Suggestion.of(all, all.all().getFirst()).map(SuggestionTest::text).orElse("none");
  }

  private static String text(Suggestion suggestion) {
    return switch (suggestion) {
      case Suggestion.Range(BigDecimal min, BigDecimal max, Optional<BigDecimal> step) ->
          YamlText.plain(min)
              + ".."
              + YamlText.plain(max)
              + step.map(by -> " by " + YamlText.plain(by)).orElse("");
      case Suggestion.Choices(List<JsonNode> values) -> values.toString();
      case Suggestion.Seed(BigDecimal min, BigDecimal max) -> "seed " + min + ".." + max;
      case Suggestion.Prompts(List<JsonNode> values) -> "prompts " + values;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "KSampler, cfg, 8, 4..12",
    "KSampler, cfg, 3.5, 2..5.5",
    "KSampler, cfg, 1, 1..2.5",
    "KSampler, cfg, 1.5, 1..2.5",
    "KSampler, cfg, 0, none",
    "KSampler, cfg, 100, 50..100",
    "KSampler, steps, 20, 10..30 by 5",
    "KSampler, steps, 4, 2..6 by 1",
    "KSampler, steps, 1, 1..3 by 1",
    "KSampler, denoise, 1, none",
    "KSampler, denoise, 0.55, 0.35..0.75",
    "KSampler, denoise, 0.95, 0.75..1",
    "LoraLoader, strength_model, 1, 0.5..1.2",
    "LoraLoader, strength_model, 2, 0.5..2",
    "LoraLoader, strength_model, -0.5, none",
    "WanVideoLoraSelect, strength, 0.3, 0.3..1.2",
    "ControlNetApplyAdvanced, strength, 0.7, 0.4..1",
    "ModelSamplingSD3, shift, 8, 4..12",
    "FluxGuidance, guidance, 3.5, 2..5.5",
    "KSamplerAdvanced, end_at_step, 10000, none",
    "KSamplerAdvanced, end_at_step, 10, none",
    "EmptyLatentImage, width, 512, none",
    "CreateVideo, fps, 16, none",
    "UNETLoader, weight_dtype, \"default\", none",
    "SaveImage, filename_prefix, \"a\", none",
    "RandomNoise, noise_seed, 5, seed 0..18446744073709551615",
    "AcmeNode, seed, 5, seed 0..4294967295",
  })
  void what_is_sensible_to_try(String classType, String field, String value, String expected) {
    assertThat(suggested(classType, field, value)).isEqualTo(expected);
  }

  @Test
  void of_samplers_and_schedulers_only_those_are_tried_that_are_on_the_list() {
    assertThat(suggested("KSampler", "sampler_name", "\"heun\""))
        .isEqualTo("[\"heun\", \"euler\", \"dpmpp_2m\", \"res_multistep\"]".replace(" ", " "));
    assertThat(suggested("KSampler", "sampler_name", "\"not_there\"")).isEqualTo("none");
    assertThat(suggested("WanVideoSampler", "scheduler", "\"unipc\"")).isEqualTo("none");
  }

  @Test
  void where_one_sampler_hands_over_lies_before_its_last_step() {
    Parameters all = ExampleWorkflows.parameters("wan22-t2v-two-experts");
    assertThat(of(all, "sampler_high_end_at_step")).isEqualTo("6..14 by 2");
    assertThat(of(all, "sampler_high_steps")).isEqualTo("15..30 by 5");
    Parameters linked = ExampleWorkflows.parameters("wan22-first-last-frame");
    assertThat(of(linked, "high_steps")).isEqualTo("6..14 by 2");
    assertThat(of(linked, "steps")).isEqualTo("15..30 by 5");
  }

  private static String of(Parameters all, String name) {
    return Suggestion.of(all, all.find(name).orElseThrow())
        .map(SuggestionTest::text)
        .orElse("none");
  }

  @Test
  void nothing_is_suggested_that_is_not_taken_or_around_what_stands_there() {
    for (boolean asked : List.of(true, false)) {
      for (String example : ExampleWorkflows.names()) {
        Parameters all =
            Parameters.of(
                ExampleWorkflows.workflow(example),
                asked ? Optional.of(ExampleWorkflows.server()) : Optional.empty());
        all.all().forEach(one -> Suggestion.of(all, one).ifPresent(it -> check(one, it)));
      }
    }
  }

  private static void check(Parameter parameter, Suggestion suggestion) {
    switch (suggestion) {
      case Suggestion.Range(BigDecimal min, BigDecimal max, Optional<BigDecimal> step) -> {
        assertThat(parameter.domain().contains(min)).as(parameter.path()).isTrue();
        assertThat(parameter.domain().contains(max)).as(parameter.path()).isTrue();
        assertThat(parameter.number().orElseThrow()).as(parameter.path()).isBetween(min, max);
        assertThat(min).as(parameter.path()).isPositive();
        assertThat(step.isPresent()).isEqualTo(parameter.type() == ParameterType.INTEGER);
      }
      case Suggestion.Choices(List<JsonNode> values) ->
          assertThat(parameter.options()).containsAll(values).contains(parameter.value());
      case Suggestion.Seed(BigDecimal min, BigDecimal max) ->
          assertThat(min).isNotNegative().isLessThan(max);
      case Suggestion.Prompts(List<JsonNode> values) ->
          assertThat(values).containsExactly(parameter.value());
    }
  }
}
