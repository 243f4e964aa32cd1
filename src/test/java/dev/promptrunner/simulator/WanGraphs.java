package dev.promptrunner.simulator;

import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/**
 * The graphs of both Wan workflows as they are sent for one job: only what the targets need, with
 * nodes and inputs in the order in which the recorded jobs had them.
 */
final class WanGraphs {
  static final String HIGH = "Wan2.2_HIGH_Low_Noise_14B_VACE-Q8_0.gguf";
  static final String LOW = "Wan2.2_T2V_Low_Noise_14B_VACE-Q8_0.gguf";

  /**
   * What a pair of jobs varies.
   *
   * @param start the first frame
   * @param frames how many, 4n+1
   * @param folder below the output folder, for everything the pair saves
   * @param reference the previous pair's frame, or an empty text
   */
  record Pair(
      String video, int width, int height, int start, int frames, String folder, String reference) {
    static Pair recorded(String folder) {
      return new Pair("walk.mp4", 192, 112, 0, 41, folder, "");
    }

    Pair from(int newStart, int newFrames, String newFolder) {
      return new Pair(video, width, height, newStart, newFrames, newFolder, reference);
    }

    Pair with(Path newReference) {
      return new Pair(video, width, height, start, frames, folder, newReference.toString());
    }
  }

  private WanGraphs() {}

  static ObjectNode high(Pair pair) {
    ObjectNode graph = common(pair, HIGH, "wan2.2_high_t2v.safetensors");
    ObjectNode save = node(graph, "365", "SaveLatentWithPath");
    link(save, "latent", "54", 1);
    save.put("folder_path", "latents").put("filename", "job").put("subfolder_name", pair.folder());
    return ordered(graph);
  }

  static ObjectNode low(Pair pair) {
    ObjectNode graph = common(pair, LOW, "wan2.2_low_t2v.safetensors");
    ObjectNode newest = node(graph, "338", "LoadLastLatent");
    newest
        .put("folder_path", "latents/" + pair.folder())
        .put("sort_by", "date")
        .put("invert_order", false);
    ObjectNode sampler = (ObjectNode) graph.path("54").path("inputs");
    link(sampler, "samples", "338", 0);
    ObjectNode decode = node(graph, "341", "WanVideoDecode");
    link(decode, "vae", "5", 0);
    link(decode, "samples", "54", 1);
    decode.put("enable_vae_tiling", false).put("tile_x", 272).put("tile_y", 272);
    decode.put("tile_stride_x", 144).put("tile_stride_y", 128);
    combineVideo(graph, "340", "341", pair.folder() + "/job", 30.0);
    link(node(graph, "343", "CRTFirstLastFrameSelector"), "images", "341", 0);
    ObjectNode last = node(graph, "344", "SaveImage");
    link(last, "images", "343", 1);
    last.put("filename_prefix", pair.folder() + "/ref");
    return ordered(graph);
  }

  /** The first combine, or one that follows a previous video. */
  static ObjectNode combine(Path segment, String previous, String folder, double scale) {
    ObjectNode graph = Json.object();
    video(node(graph, "25", "VHS_LoadVideoPath"), segment.toString());
    ObjectNode upscale = node(graph, "35", "CR Upscale Image");
    link(upscale, "image", "25", 0);
    upscale.put("upscale_model", "RealESRGAN_x2plus.pth").put("mode", "rescale");
    upscale.put("rescale_factor", scale).put("resize_width", 1024);
    upscale.put("resampling_method", "lanczos").put("supersample", "true");
    upscale.put("rounding_modulus", 8);
    ObjectNode grain = node(graph, "31", "FastFilmGrain");
    link(grain, "images", "35", 0);
    grain.put("grain_intensity", 0.02).put("saturation_mix", 0.3);
    ObjectNode colour = node(graph, "32", "BatchColorCorrection");
    link(colour, "images", "31", 0);
    colour.put("mode", "auto");
    ObjectNode rife = node(graph, "33", "RIFE VFI");
    link(rife, "frames", "32", 0);
    rife.put("ckpt_name", "rife47.pth").put("clear_cache_after_n_frames", 10);
    rife.put("multiplier", 2).put("fast_mode", true).put("ensemble", true).put("scale_factor", 1.0);
    if (previous.isEmpty()) {
      combineVideo(graph, "14", "33", folder + "/combined", 30.0);
      return graph;
    }
    video(node(graph, "40", "VHS_LoadVideoPath"), previous);
    ObjectNode batch = node(graph, "30", "ImageBatchMultiple+");
    link(batch, "image_1", "40", 0);
    batch.put("method", "lanczos");
    link(batch, "image_2", "33", 0);
    combineVideo(graph, "14", "30", folder + "/combined", 30.0);
    return graph;
  }

  /** One image made and saved: the smallest job. */
  static ObjectNode image(String prefix) {
    ObjectNode graph = Json.object();
    ObjectNode empty = node(graph, "1", "EmptyImage");
    empty.put("width", 64).put("height", 64).put("batch_size", 1).put("color", 255);
    ObjectNode save = node(graph, "2", "SaveImage");
    link(save, "images", "1", 0);
    save.put("filename_prefix", prefix);
    return graph;
  }

  private static ObjectNode common(Pair pair, String model, String lora) {
    ObjectNode graph = Json.object();
    node(graph, "1", "WanVideoTorchCompileSettings")
        .put("backend", "inductor")
        .put("fullgraph", false)
        .put("mode", "default")
        .put("dynamic", false)
        .put("dynamo_cache_size_limit", 64)
        .put("compile_transformer_blocks_only", true);
    node(graph, "3", "LoadWanVideoT5TextEncoder")
        .put("model_name", "umt5-xxl-enc-bf16.safetensors")
        .put("precision", "bf16");
    ObjectNode loader = node(graph, "4", "WanVideoModelLoader");
    loader.put("model", model).put("base_precision", "fp16").put("quantization", "disabled");
    loader.put("load_device", "offload_device");
    link(loader, "compile_args", "1", 0);
    link(loader, "block_swap_args", "8", 0);
    link(loader, "lora", "309:300", 0);
    ObjectNode vae = node(graph, "5", "WanVideoVAELoader");
    vae.put("model_name", "wan_2.1_vae.safetensors").put("precision", "bf16");
    link(vae, "compile_args", "1", 0);
    node(graph, "8", "WanVideoBlockSwap")
        .put("blocks_to_swap", 20)
        .put("offload_img_emb", false)
        .put("offload_txt_emb", false);
    values(graph, pair);
    text(graph);
    sampler(graph);
    vace(graph, pair);
    loras(graph, lora);
    return graph;
  }

  private static void values(ObjectNode graph, Pair pair) {
    node(graph, "19", "INTConstant").put("value", pair.frames());
    node(graph, "20", "INTConstant").put("value", pair.height());
    node(graph, "21", "INTConstant").put("value", pair.width());
    node(graph, "348", "INTConstant").put("value", pair.start());
    node(graph, "288", "INTConstant").put("value", 8);
    ObjectNode divide = node(graph, "289", "Divide [DVB]").put("divisor", 2.0);
    link(divide, "int", "288", 0);
    node(graph, "293", "Seed Everywhere").put("seed", 335500143275222L);
    node(graph, "268", "WanVideoEnhanceAVideo")
        .put("weight", 2.0)
        .put("start_percent", 0.0)
        .put("end_percent", 1.0);
  }

  private static void text(ObjectNode graph) {
    ObjectNode text = node(graph, "53", "WanVideoTextEncode");
    text.put("positive_prompt", "a person walks").put("negative_prompt", "blurry");
    text.put("force_offload", true).put("use_disk_cache", true).put("device", "gpu");
    link(text, "t5", "3", 0);
  }

  private static void sampler(ObjectNode graph) {
    ObjectNode sampler = node(graph, "54", "WanVideoSampler");
    link(sampler, "steps", "288", 0);
    sampler.put("cfg", 1.0000000000000002).put("shift", 8.0);
    link(sampler, "seed", "293", 0);
    sampler.put("force_offload", true).put("scheduler", "dpm++_sde").put("riflex_freq_index", 0);
    sampler.put("denoise_strength", 1).put("batched_cfg", false).put("rope_function", "comfy");
    link(sampler, "start_step", "289", 1);
    sampler.put("end_step", -1).put("add_noise_to_samples", false);
    link(sampler, "model", "4", 0);
    link(sampler, "image_embeds", "144", 0);
    link(sampler, "text_embeds", "53", 0);
    link(sampler, "feta_args", "268", 0);
  }

  private static void vace(ObjectNode graph, Pair pair) {
    ObjectNode video = node(graph, "149", "VHS_LoadVideo");
    video.put("video", pair.video()).put("force_rate", 0);
    link(video, "custom_width", "21", 0);
    link(video, "custom_height", "20", 0);
    link(video, "frame_load_cap", "19", 0);
    link(video, "skip_first_frames", "348", 0);
    video.put("select_every_nth", 1).put("format", "AnimateDiff");
    link(node(graph, "302", "DepthAnythingV2Preprocessor"), "image", "149", 0);
    ObjectNode vace = node(graph, "144", "WanVideoVACEEncode");
    link(vace, "width", "21", 0);
    link(vace, "height", "20", 0);
    link(vace, "num_frames", "19", 0);
    vace.put("strength", 1.0).put("vace_start_percent", 0.0).put("vace_end_percent", 1.0);
    link(vace, "vae", "5", 0);
    link(vace, "input_frames", "302", 0);
    if (!pair.reference().isEmpty()) {
      node(graph, "358", "Load Image From Path [DVB]").put("image_path", pair.reference());
      link(vace, "ref_images", "358", 0);
    }
  }

  private static void loras(ObjectNode graph, String first) {
    ObjectNode last = node(graph, "309:300", "WanVideoLoraSelect");
    last.put("lora", "sharpness.safetensors").put("strength", 0.7);
    link(last, "prev_lora", "309:299", 0);
    node(graph, "309:298", "WanVideoLoraSelect").put("lora", first).put("strength", 0.8);
    ObjectNode middle = node(graph, "309:299", "WanVideoLoraSelect");
    middle.put("lora", "character.safetensors").put("strength", 0.95);
    link(middle, "prev_lora", "309:298", 0);
  }

  private static void video(ObjectNode inputs, String path) {
    inputs.put("video", path).put("force_rate", 0).put("custom_width", 0).put("custom_height", 0);
    inputs.put("frame_load_cap", 0).put("skip_first_frames", 0).put("select_every_nth", 1);
  }

  private static void combineVideo(
      ObjectNode graph, String id, String images, String prefix, double rate) {
    ObjectNode combine = node(graph, id, "VHS_VideoCombine");
    link(combine, "images", images, 0);
    combine.put("frame_rate", rate).put("loop_count", 0).put("filename_prefix", prefix);
    combine.put("format", "video/h264-mp4").put("pingpong", false).put("save_output", true);
    combine.put("pix_fmt", "yuv420p").put("crf", 19);
  }

  private static ObjectNode node(ObjectNode graph, String id, String type) {
    ObjectNode node = graph.putObject(id).put("class_type", type);
    return node.putObject("inputs");
  }

  private static void link(ObjectNode inputs, String name, String source, int slot) {
    inputs.putArray(name).add(source).add(slot);
  }

  /** Ids that are numbers first, in their order, as the editor exports them. */
  private static ObjectNode ordered(ObjectNode graph) {
    ObjectNode sorted = Json.object();
    graph.propertyNames().stream()
        .sorted(java.util.Comparator.comparingInt(WanGraphs::rank))
        .forEach(id -> sorted.set(id, graph.path(id)));
    return sorted;
  }

  private static int rank(String id) {
    return id.matches("\\d+") ? Integer.parseInt(id) : Integer.MAX_VALUE;
  }
}
