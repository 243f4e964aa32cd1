package dev.promptrunner.comfy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionReaderTest {

  private static Rejection read(String answer) {
    return new RejectionReader(
            Json.MAPPER.readTree(ComfyTest.GRAPH), (_, _) -> new Rejection.Allowed.Unsaid())
        .read(Json.MAPPER.readTree(answer));
  }

  private static Rejection whole(String type, String message, String details, String extra) {
    return read(
        "{\"error\":{\"type\":\"%s\",\"message\":\"%s\",\"details\":\"%s\",\"extra_info\":%s},\"node_errors\":{}}"
            .formatted(type, message, details, extra));
  }

  private static String node(String type, String config, String received) {
    return read("""
    {"error":{"type":"prompt_outputs_failed_validation","message":"m","details":""},
     "node_errors":{"9":{"class_type":"KSampler","errors":[{"type":"%s","message":"M","details":"",
       "extra_info":{"input_name":"steps","input_config":%s,"received_value":%s}}]}}}
    """
            .formatted(type, config, received))
        .problems()
        .getFirst()
        .toString();
  }

  @Test
  void the_newer_shape_of_an_unknown_class_names_class_and_title() {
    Rejection rejection =
        whole(
            "missing_node_type",
            "Node 'Wan' not found. The custom node may not be installed.",
            "Node ID '#4'",
            "{\"node_id\":\"4\",\"class_type\":\"Wan\",\"node_title\":\"My loader\"}");

    assertThat(rejection.problems().getFirst().where()).isEqualTo("node 4 (Wan \"My loader\")");
    assertThat(rejection.problems().getFirst().remedy()).contains("has class Wan");
  }

  @Test
  void the_editors_format_is_told_how_to_export() {
    Rejection rejection =
        whole(
            "invalid_prompt",
            "Cannot execute because a node is missing the class_type property.",
            "Node ID '#nodes'",
            "{}");

    assertThat(rejection.problems().getFirst())
        .hasToString(
            "node nodes: Cannot execute because a node is missing the class_type property.:"
                + " export the workflow in API format: in ComfyUI, Workflow > Export (API)");
  }

  @ParameterizedTest
  @CsvSource({
    "prompt_no_outputs, name at least one output node",
    "prompt_outputs_failed_validation, look for a cycle",
    "no_prompt, export the workflow in API format",
    "invalid_prompt_id, send the job's id as a lower-case UUID",
    "something_new, look at ComfyUI's log"
  })
  void what_concerns_the_whole_workflow_has_a_remedy(String type, String remedy) {
    assertThat(whole(type, "m", "", "{}").problems().getFirst().remedy()).startsWith(remedy);
  }

  @Test
  void ranges_and_choices_are_shown_as_a_person_reads_them() {
    assertThat(
            node(
                "value_bigger_than_max",
                "[\"INT\",{\"min\":1,\"max\":18446744073709551615}]",
                "-1"))
        .isEqualTo(
            "node 9 (KSampler), input steps: M, found '-1': write a value between 1 and"
                + " 18446744073709551615");
    assertThat(node("value_smaller_than_min", "[\"INT\",{\"min\":1}]", "0"))
        .endsWith("write a value of 1 or more");
    assertThat(
            node(
                "value_not_in_list", "[\"COMBO\",{\"options\":[\"euler\",\"heun\"]}]", "\"eular\""))
        .endsWith("did you mean 'euler'? choose one of euler, heun");
    assertThat(node("value_not_in_list", "[[],{}]", "\"x.safetensors\""))
        .endsWith(
            "put the file into ComfyUI's models folder, or choose nothing: the server has no file"
                + " there");
    assertThat(node("something_new", "null", "null"))
        .endsWith("correct this input in the workflow or the recipe");
  }

  @Test
  void a_wrong_type_on_a_link_shows_both_types() {
    Rejection rejection =
        read(
            """
            {"error":{"type":"p","message":"m","details":""},"node_errors":{"9":{"class_type":"SaveImage","errors":[
              {"type":"return_type_mismatch","message":"Return type mismatch between linked nodes",
               "details":"images, received_type(LATENT) mismatch input_type(IMAGE)",
               "extra_info":{"input_name":"images","received_type":"LATENT"}}]}}}
            """);

    assertThat(rejection.problems().getFirst())
        .hasToString(
            "node 9 (SaveImage), input images: Return type mismatch between linked nodes (images,"
                + " received_type(LATENT) mismatch input_type(IMAGE)), found 'LATENT': link it to"
                + " an output of the type that this input takes");
  }

  @ParameterizedTest
  @CsvSource({
    "WanVideoVAELoader, model_name, x.safetensors, models/vae",
    "LoadWanVideoT5TextEncoder, model_name, x.safetensors, models/text_encoders",
    "UpscaleModelLoader, model_name, x.pth, models/upscale_models",
    "WanVideoLoraSelect, lora, x.safetensors, models/loras",
    "CheckpointLoaderSimple, ckpt_name, x.ckpt, models/checkpoints",
    "LoadImage, image, x.png, input",
    "Anything, whatever, x.gguf, models"
  })
  void a_missing_file_is_told_its_folder(
      String className, String input, String value, String folder) {
    assertThat(
            Remedies.of(
                "value_not_in_list", className, input, value, new Rejection.Allowed.Unsaid()))
        .isEqualTo("put the file into ComfyUI's " + folder + " folder");
  }
}
