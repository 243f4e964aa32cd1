package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import java.util.Optional;

/** The core nodes that tell a sampler what to show. */
final class ConditioningNodes {
  private ConditioningNodes() {}

  static NodeResult text(Inputs inputs, NodeContext context) throws NodeException {
    Clip clip = inputs.get("clip", Clip.class);
    return NodeResult.of(new Conditioning(inputs.text("text", ""), clip, Optional.empty()));
  }

  static NodeResult zero(Inputs inputs, NodeContext context) throws NodeException {
    return NodeResult.of(inputs.get("conditioning", Conditioning.class).zeroed());
  }

  static NodeResult fromFirst(Inputs inputs, NodeContext context) throws NodeException {
    return video(inputs, "no such input");
  }

  static NodeResult fromFirstToLast(Inputs inputs, NodeContext context) throws NodeException {
    return video(inputs, "end_image");
  }

  private static NodeResult video(Inputs inputs, String end) throws NodeException {
    Latent latent = EmptyLatents.video(inputs);
    FrameSize size = latent.samples().size();
    Optional<Frames> first = image(inputs, "start_image", size);
    Optional<Frames> last = image(inputs, end, size);
    Conditioning positive = inputs.get("positive", Conditioning.class);
    Conditioning negative = inputs.get("negative", Conditioning.class);
    if (first.isPresent() || last.isPresent()) {
      Keyframes keyframes = new Keyframes(first, last);
      positive = positive.with(keyframes);
      negative = negative.with(keyframes);
    }
    return NodeResult.of(positive, negative, latent);
  }

  private static Optional<Frames> image(Inputs inputs, String name, FrameSize size) {
    return inputs.find(name, Frames.class).map(image -> Cropping.fitted(image, size));
  }
}
