package dev.promptrunner.explore.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.promptrunner.base.Problem;
import dev.promptrunner.workflow.Workflow;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private static Workflow graph(String json) {
    return Workflow.read("w.json", json.replace('\'', '"')).orThrow();
  }

  private static Parameters parameters(String json) {
    return Parameters.of(graph(json), Optional.empty());
  }

  private static Parameters withServer(String json) {
    return Parameters.of(graph(json), Optional.of(ExampleWorkflows.server()));
  }

  private static Parameter only(String json) {
    return parameters(json).all().getFirst();
  }

  @Test
  void a_parameter_knows_where_it_stands() {
    Parameter strength =
        ExampleWorkflows.parameters("wan-lora-select-groups")
            .find("lora_high_character_strength")
            .orElseThrow();
    assertThat(strength.path()).isEqualTo("nodes.309:299.inputs.strength");
    assertThat(strength.node()).isEqualTo("309:299");
    assertThat(strength.title()).isEqualTo("Character LoRA");
    assertThat(strength.classType()).isEqualTo("WanVideoLoraSelect");
    assertThat(strength.field()).isEqualTo("strength");
    assertThat(strength.number()).hasValueSatisfying(now -> assertThat(now).isEqualTo("0.9"));
  }

  @Test
  void a_seed_is_never_rounded() {
    Parameter seed =
        only("{'1':{'class_type':'RandomNoise','inputs':{'noise_seed':18446744073709551615}}}");
    assertThat(seed.type()).isEqualTo(ParameterType.SEED);
    assertThat(seed.value().bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(seed.max())
        .hasValueSatisfying(max -> assertThat(max).isEqualTo("18446744073709551615"));
  }

  @Test
  void a_number_written_as_text_is_a_number() {
    Parameter seed =
        ExampleWorkflows.parameters("chinese-titles-text-numbers").find("seed").orElseThrow();
    assertThat(seed.value().isString()).isTrue();
    assertThat(seed.number())
        .hasValueSatisfying(now -> assertThat(now).isEqualTo("18446744073709551615"));
  }

  @Test
  void an_enum_is_a_choice_and_has_no_range() {
    Parameter dtype =
        ExampleWorkflows.parameters("flux-dev").find("model_weight_dtype").orElseThrow();
    assertThat(dtype.type()).isEqualTo(ParameterType.CHOICE);
    assertThat(dtype.min()).isEmpty();
    assertThat(dtype.options().stream().map(option -> option.asString()))
        .contains("default", "fp8_e4m3fn");
    Parameter factor =
        parameters("{'1':{'class_type':'RIFE VFI','inputs':{'scale_factor':1.0}}}")
            .all()
            .getFirst();
    assertThat(factor.type()).isEqualTo(ParameterType.CHOICE);
  }

  @Test
  void types_limits_and_choices_are_the_servers_own() {
    String json =
        "{'1':{'class_type':'WanVideoModelLoader','inputs':{'model':'x.gguf'}},"
            + "'2':{'class_type':'LoadVideo','inputs':{'file':'walk.mp4'}},"
            + "'3':{'class_type':'GetLatentRangeFromBatch','inputs':{'start_index':0}}}";
    Parameters with = withServer(json);
    Parameters without = parameters(json);
    assertThat(with.all().get(0).options()).hasSize(3);
    assertThat(without.all().get(0).options()).isEmpty();
    assertThat(with.all().get(1).type()).isEqualTo(ParameterType.FILE);
    assertThat(with.all().get(2).guessed()).isFalse();
    assertThat(without.all().get(2).guessed()).isTrue();
  }

  @Test
  void what_a_server_calls_any_text_is_a_choice_where_we_know_better() {
    Parameter precision =
        withServer("{'1':{'class_type':'WanVideoModelLoader','inputs':{'base_precision':'bf16'}}}")
            .all()
            .getFirst();
    assertThat(precision.type()).isEqualTo(ParameterType.CHOICE);
  }

  @Test
  void a_value_that_nodes_read_takes_what_all_of_them_take() {
    Parameters parameters = ExampleWorkflows.parameters("wan22-first-last-frame");
    Parameter steps = parameters.find("steps").orElseThrow();
    assertThat(steps.path()).isEqualTo("nodes.12.inputs.value");
    assertThat(steps.type()).isEqualTo(ParameterType.INTEGER);
    assertThat(steps.min()).hasValueSatisfying(min -> assertThat(min).isEqualTo("1"));
    assertThat(steps.max()).hasValueSatisfying(max -> assertThat(max).isEqualTo("10000"));
    assertThat(parameters.find("seed").orElseThrow().type()).isEqualTo(ParameterType.SEED);
  }

  @Test
  void a_file_of_weights_and_how_it_is_loaded_change_the_model_and_its_strength_does_not() {
    Parameters parameters = ExampleWorkflows.parameters("wan22-t2v-two-experts");
    assertThat(parameters.all().stream().filter(Parameter::changesModel).map(Parameter::name))
        .containsExactly(
            "model_high_name",
            "model_high_weight_dtype",
            "clip_name",
            "clip_type",
            "clip_device",
            "vae_name",
            "model_low_name",
            "model_low_weight_dtype",
            "lora_high_name",
            "lora_low_name");
  }

  @Test
  void lists_and_objects_are_no_parameters() {
    assertThat(
            parameters(
                    "{'1':{'class_type':'Power','inputs':{'sigmas':{'__value__':[1,0]},"
                        + "'lora_1':{'on':true,'strength':1},'empty':null,'x':NaN}}}")
                .all())
        .extracting(Parameter::field)
        .containsExactly("empty", "x");
  }

  @Test
  void is_found_by_its_name_and_by_its_path() {
    Parameters parameters = ExampleWorkflows.parameters("sd15-text-to-image");
    assertThat(parameters.find("sampler_cfg")).isEqualTo(parameters.find("nodes.3.inputs.cfg"));
    assertThat(parameters.find("sampler_cfg")).isPresent();
    assertThat(parameters.find("nodes.3.inputs.model")).isEmpty();
    assertThat(parameters.lookup("s.yaml:4", "seed").problems()).isEmpty();
  }

  @Test
  void an_unknown_name_is_told_with_the_nearest_ones() {
    assertThat(problem("sampler_step"))
        .isEqualTo(
            "s.yaml:4: w.json has no parameter of this name, found 'sampler_step': did you mean"
                + " sampler_steps, sampler_name, sampler_cfg?");
    assertThat(problem("zzz"))
        .isEqualTo(
            "s.yaml:4: w.json has no parameter of this name, found 'zzz': list the parameters with:"
                + " prompt-runner analyze WORKFLOW");
  }

  @Test
  void an_unknown_path_is_told_with_the_nearest_paths() {
    assertThat(problem("nodes.33.inputs.cfg"))
        .isEqualTo(
            "s.yaml:4: w.json has no node 33, found 'nodes.33.inputs.cfg': did you mean"
                + " nodes.3.inputs.cfg, nodes.3.inputs.seed, nodes.6.inputs.text?");
    assertThat(problem("nodes.3.inputs.cgf"))
        .isEqualTo(
            "s.yaml:4: node 3 (KSampler) has no input cgf, found 'nodes.3.inputs.cgf': did you mean"
                + " nodes.3.inputs.cfg, nodes.3.inputs.seed, nodes.3.inputs.steps?");
  }

  @Test
  void an_input_that_is_read_from_another_node_is_told_with_where_to_set_it() {
    Parameters parameters = ExampleWorkflows.parameters("wan22-first-last-frame");
    List<Problem> problems = parameters.lookup("s.yaml:4", "nodes.14.inputs.steps").problems();
    assertThat(problems.getFirst().what() + ": " + problems.getFirst().remedy())
        .isEqualTo(
            "input steps of node 14 (KSamplerAdvanced) is read from node 12: set"
                + " nodes.12.inputs.value there");
    problems = parameters.lookup("s.yaml:4", "nodes.14.inputs.latent_image").problems();
    assertThat(problems.getFirst().remedy())
        .isEqualTo(
            "set nodes.11.inputs.width, nodes.11.inputs.height, nodes.11.inputs.length,"
                + " nodes.11.inputs.batch_size there");
  }

  @Test
  void a_list_in_the_workflow_cannot_be_explored() {
    List<Problem> problems =
        ExampleWorkflows.parameters("custom-pack-guesses")
            .lookup("s.yaml:4", "nodes.4.inputs.sigmas")
            .problems();
    assertThat(problems.getFirst().what())
        .isEqualTo(
            "input sigmas of node 4 (PixelforgeSampler) is a list or an object, which cannot be"
                + " explored");
  }

  private static String problem(String written) {
    Workflow workflow =
        Workflow.read("w.json", ExampleWorkflows.workflow("sd15-text-to-image").text()).orThrow();
    return Parameters.of(workflow, Optional.empty())
        .lookup("s.yaml:4", written)
        .problems()
        .getFirst()
        .toString();
  }
}
