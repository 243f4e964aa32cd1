package dev.promptrunner.comfy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What to do about each thing that ComfyUI refuses, in one place. */
final class Remedies {
  /** The model folder that an input of this name reads, by the input or a part of the class. */
  private static final Map<String, String> FOLDERS =
      Map.ofEntries(
          Map.entry("ckpt_name", "models/checkpoints"),
          Map.entry("lora", "models/loras"),
          Map.entry("lora_name", "models/loras"),
          Map.entry("vae_name", "models/vae"),
          Map.entry("unet_name", "models/diffusion_models"),
          Map.entry("model", "models/diffusion_models"),
          Map.entry("clip_name", "models/text_encoders"),
          Map.entry("clip_name1", "models/text_encoders"),
          Map.entry("clip_name2", "models/text_encoders"),
          Map.entry("control_net_name", "models/controlnet"),
          Map.entry("style_model_name", "models/style_models"),
          Map.entry("video", "input"),
          Map.entry("image", "input"),
          Map.entry("audio", "input"),
          Map.entry("latent", "input"));

  private static final List<String> MODEL_FILES =
      List.of(".safetensors", ".gguf", ".ckpt", ".pt", ".pth", ".bin", ".onnx", ".sft");
  private static final int SHOWN = 12;

  static final String EXPORT_API =
      "export the workflow in API format: in ComfyUI, Workflow > Export (API)";
  static final String LOOK_FOR_CYCLE =
      "look for a cycle: a node that depends on its own result through its links";

  private Remedies() {}

  static String installNode(String className) {
    return "install the custom node pack that has class "
        + className
        + " and restart ComfyUI; if it is installed, its import failed: see ComfyUI's log";
  }

  static String of(
      String type, String className, String input, String value, Rejection.Allowed allowed) {
    return switch (type) {
      case "value_not_in_list" -> notInList(className, input, value, allowed);
      case "value_smaller_than_min", "value_bigger_than_max" -> "write a value " + shown(allowed);
      case "required_input_missing" -> "set this input or link it to a node";
      case "return_type_mismatch" -> "link it to an output of the type that this input takes";
      case "bad_linked_input" -> "write a link as [\"node id\", output number]";
      case "invalid_input_type" -> "write a value of the type that this input takes";
      case "custom_validation_failed" ->
          "put the file into the server's input folder, or correct it";
      case "exception_during_validation", "exception_during_inner_validation" ->
          "correct the link: it names a node or an output that the workflow does not have";
      case "dependency_cycle" -> LOOK_FOR_CYCLE;
      default -> "correct this input in the workflow or the recipe";
    };
  }

  private static String notInList(
      String className, String input, String value, Rejection.Allowed allowed) {
    Optional<String> folder = folder(className, input, value);
    String put = folder.map(name -> "put the file into ComfyUI's " + name + " folder").orElse("");
    String choose = allowed instanceof Rejection.Allowed.Unsaid ? "" : "choose " + shown(allowed);
    if (put.isEmpty()) {
      return choose.isEmpty() ? "choose a value that this node offers" : choose;
    }
    return choose.isEmpty() ? put : put + ", or " + choose;
  }

  private static Optional<String> folder(String className, String input, String value) {
    if (value.indexOf('.') < 0) {
      return Optional.empty();
    }
    if (input.equals("model_name")) {
      return Optional.of(byClass(className));
    }
    String known = FOLDERS.get(input);
    boolean modelFile = MODEL_FILES.stream().anyMatch(value.toLowerCase(Locale.ROOT)::endsWith);
    return known != null
        ? Optional.of(known)
        : modelFile ? Optional.of("models") : Optional.empty();
  }

  private static String byClass(String className) {
    String name = className.toLowerCase(Locale.ROOT);
    if (name.contains("vae")) {
      return "models/vae";
    }
    if (name.contains("t5") || name.contains("clip") || name.contains("text")) {
      return "models/text_encoders";
    }
    return name.contains("upscale") ? "models/upscale_models" : "models/diffusion_models";
  }

  static String shown(Rejection.Allowed allowed) {
    return switch (allowed) {
      case Rejection.Allowed.Choices(List<String> values) when values.isEmpty() ->
          "nothing: the server has no file there";
      case Rejection.Allowed.Choices(List<String> values) -> "one of " + some(values);
      case Rejection.Allowed.Range(String min, String max) when max.isEmpty() ->
          "of " + min + " or more";
      case Rejection.Allowed.Range(String min, String max) when min.isEmpty() ->
          "of at most " + max;
      case Rejection.Allowed.Range(String min, String max) -> "between " + min + " and " + max;
      case Rejection.Allowed.Unsaid() -> "that the node takes";
    };
  }

  private static String some(List<String> values) {
    String list = String.join(", ", values.subList(0, Math.min(SHOWN, values.size())));
    return values.size() > SHOWN ? list + " … (" + values.size() + " in all)" : list;
  }
}
