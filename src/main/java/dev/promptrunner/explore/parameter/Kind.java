package dev.promptrunner.explore.parameter;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What nodes of a class are to who sets them: the first word of their parameters' names.
 *
 * @param label its words; may be empty
 * @param family what else is known of it
 */
record Kind(List<String> label, Family family) {
  /** How nodes of a kind are told apart. */
  enum Family {
    /** By what it is sampled from or who made it: the expert of a model, base or refiner. */
    SAMPLING,
    /** By the experts' names in titles and files. */
    WEIGHTS,
    /** By what it is said for: positive or negative. */
    PROMPT,
    /** By what it is used for: first frame, control video. */
    MEDIA,
    OTHER
  }

  private record Row(Pattern classes, Kind kind) {}

  /** The first that matches counts. */
  private static final List<Row> ROWS =
      List.of(
          row(".*TextEncode(?!r).*|.*PromptEncode.*|Prompt.*", "", Family.PROMPT),
          row("ModelSampling.*", "model_sampling", Family.SAMPLING),
          row(".*Lora(?!.*(Train|Save)).*", "lora", Family.WEIGHTS),
          row(
              "KSampler.*|Sampler.*|.*Sampler|.*Sampler (?!.*Preview).*|RandomNoise|.*Guider"
                  + "|[A-Za-z]+Scheduler",
              "sampler",
              Family.SAMPLING),
          row(".*Checkpoint.*Loader.*|CheckpointLoader.*", "checkpoint", Family.WEIGHTS),
          row(".*ControlNetLoader.*", "controlnet", Family.WEIGHTS),
          row("UpscaleModelLoader", "upscale_model", Family.WEIGHTS),
          row("C(LIP|lip)Vision.*", "clip_vision", Family.WEIGHTS),
          row(".*(UNET|Unet|Model)Loader.*", "model", Family.WEIGHTS),
          row(".*VAELoader.*", "vae", Family.WEIGHTS),
          row(".*CLIPLoader.*|.*TextEncoder(Loader)?", "clip", Family.WEIGHTS),
          row("VAEDecode.*|WanVideoDecode", "decode", Family.OTHER),
          row("VAEEncode.*", "encode", Family.OTHER),
          row("Empty.*Latent.*", "latent", Family.OTHER),
          row("EmptyAudio.*", "audio", Family.OTHER),
          row(".*ControlNetApply.*|.*ControlnetApply.*", "controlnet", Family.WEIGHTS),
          row("Save.*|VHS_VideoCombine", "save", Family.OTHER),
          row("Preview.*", "preview", Family.OTHER),
          row(".*Load ?Image.*", "image", Family.MEDIA),
          row(".*Load ?Video.*", "video", Family.MEDIA),
          row(".*Load ?Audio.*", "audio", Family.MEDIA),
          row("Wan.*Vace.*|WanVideoVACE.*", "vace", Family.OTHER),
          row(".*To(I2V)?Video.*|.*ImgToVideo.*|CreateVideo", "video", Family.OTHER),
          row("(Image|Latent)(Scale|Upscale).*", "upscale", Family.OTHER),
          row("FluxGuidance", "guidance", Family.OTHER));

  private static final List<String> MAKERS = List.of("vhs", "easy", "cr", "kj", "ade", "dvb");
  private static final List<String> JOINING = List.of("to", "from", "of", "with", "for", "and");
  private static final int LABEL_WORDS = 4;

  static Kind of(String classType) {
    return ROWS.stream()
        .filter(row -> row.classes.matcher(classType).matches())
        .map(Row::kind)
        .findFirst()
        .orElseGet(() -> new Kind(classWords(classType), Family.OTHER));
  }

  /** The words of a class without its maker's mark; none for one that has no letters of ours. */
  private static List<String> classWords(String classType) {
    List<String> words =
        Words.of(classType.replaceFirst("^WanVideo", "")).stream()
            .filter(word -> !MAKERS.contains(word))
            .limit(LABEL_WORDS)
            .toList();
    int end = words.size();
    while (end > 1 && JOINING.contains(words.get(end - 1))) {
      end--;
    }
    return words.subList(0, end);
  }

  private static Row row(String classes, String label, Family family) {
    List<String> words = label.isEmpty() ? List.of() : List.of(label.split("_"));
    return new Row(Pattern.compile(classes), new Kind(words, family));
  }
}
