package dev.promptrunner.simulator.node;

import java.util.Map;

/** ComfyUI's own classes for text to image, text to video and first to last frame. */
final class CoreNodes {
  private CoreNodes() {}

  static Map<String, Node> all() {
    return Map.ofEntries(
        Map.entry("CheckpointLoaderSimple", LoaderNodes::checkpoint),
        Map.entry("UNETLoader", LoaderNodes::diffusionModel),
        Map.entry("CLIPLoader", LoaderNodes::clip),
        Map.entry("VAELoader", LoaderNodes::vae),
        Map.entry("LoraLoader", LoaderNodes::lora),
        Map.entry("LoraLoaderModelOnly", LoaderNodes::loraOfModel),
        Map.entry("ModelSamplingSD3", LoaderNodes::shift),
        Map.entry("CLIPSetLastLayer", LoaderNodes::lastLayer),
        Map.entry("CLIPTextEncode", ConditioningNodes::text),
        Map.entry("ConditioningZeroOut", ConditioningNodes::zero),
        Map.entry("WanImageToVideo", ConditioningNodes::fromFirst),
        Map.entry("WanFirstLastFrameToVideo", ConditioningNodes::fromFirstToLast),
        Map.entry("EmptyLatentImage", EmptyLatents::images),
        Map.entry("EmptySD3LatentImage", EmptyLatents::images),
        Map.entry("EmptyHunyuanLatentVideo", EmptyLatents::videos),
        Map.entry("KSampler", SamplerNodes::simple),
        Map.entry("KSamplerAdvanced", SamplerNodes::advanced),
        Map.entry("VAEDecode", CodingNodes::decode),
        Map.entry("VAEDecodeTiled", CodingNodes::decode),
        Map.entry("VAEEncode", CodingNodes::encode),
        Map.entry("LatentUpscale", CodingNodes::scaleLatent),
        Map.entry("LatentUpscaleBy", CodingNodes::scaleLatentBy),
        Map.entry("ImageScale", CodingNodes::scaleImage),
        Map.entry("ImageScaleBy", CodingNodes::scaleImageBy),
        Map.entry("CreateVideo", CoreVideoNodes::create),
        Map.entry("GetVideoComponents", CoreVideoNodes::components),
        Map.entry("SaveVideo", CoreVideoNodes::save),
        Map.entry("PrimitiveFloat", ValueNodes::constant),
        Map.entry("PrimitiveString", ValueNodes::constant),
        Map.entry("PrimitiveStringMultiline", ValueNodes::constant));
  }
}
