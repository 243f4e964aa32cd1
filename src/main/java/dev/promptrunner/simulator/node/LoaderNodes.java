package dev.promptrunner.simulator.node;

/** The core nodes that load models and lay others over them. */
final class LoaderNodes {
  private LoaderNodes() {}

  static NodeResult checkpoint(Inputs inputs, NodeContext context) throws InterruptedException {
    String file = inputs.text("ckpt_name", "");
    context.load(file);
    return NodeResult.of(DiffusionModel.of(file), Clip.of(file), file);
  }

  static NodeResult diffusionModel(Inputs inputs, NodeContext context) throws InterruptedException {
    String file = inputs.text("unet_name", "");
    context.load(file);
    return NodeResult.of(DiffusionModel.of(file));
  }

  static NodeResult clip(Inputs inputs, NodeContext context) {
    return NodeResult.of(Clip.of(inputs.text("clip_name", "")));
  }

  static NodeResult vae(Inputs inputs, NodeContext context) {
    return NodeResult.of(inputs.text("vae_name", ""));
  }

  static NodeResult lora(Inputs inputs, NodeContext context) throws NodeException {
    String file = inputs.text("lora_name", "");
    Lora forModel = new Lora(file, inputs.decimal("strength_model", 1));
    Lora forClip = new Lora(file, inputs.decimal("strength_clip", 1));
    return NodeResult.of(
        inputs.get("model", DiffusionModel.class).with(forModel),
        inputs.get("clip", Clip.class).with(forClip));
  }

  static NodeResult loraOfModel(Inputs inputs, NodeContext context) throws NodeException {
    Lora lora = new Lora(inputs.text("lora_name", ""), inputs.decimal("strength_model", 1));
    return NodeResult.of(inputs.get("model", DiffusionModel.class).with(lora));
  }

  static NodeResult shift(Inputs inputs, NodeContext context) throws NodeException {
    double shift = inputs.decimal("shift", 3);
    return NodeResult.of(inputs.get("model", DiffusionModel.class).shifted(shift));
  }

  static NodeResult lastLayer(Inputs inputs, NodeContext context) throws NodeException {
    int layer = inputs.integer("stop_at_clip_layer", -1);
    return NodeResult.of(inputs.get("clip", Clip.class).endingAt(layer));
  }
}
