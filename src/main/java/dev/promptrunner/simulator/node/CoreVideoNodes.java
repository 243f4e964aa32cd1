package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.media.MediaException;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** ComfyUI's own videos: named {@code prefix_00001_.mp4}, and shown among the images. */
final class CoreVideoNodes {
  private static final int CRF = 23;

  private CoreVideoNodes() {}

  static NodeResult create(Inputs inputs, NodeContext context) throws NodeException {
    FrameRate rate = VideoFile.rate(inputs.decimal("fps", 30));
    return NodeResult.of(new Video(inputs.get("images", Frames.class), rate));
  }

  /** A video of the simulator has no sound. */
  static NodeResult components(Inputs inputs, NodeContext context) throws NodeException {
    Video video = inputs.get("video", Video.class);
    double fps = (double) video.rate().numerator() / video.rate().denominator();
    return NodeResult.of(video.frames(), JsonNodeFactory.instance.nullNode(), fps);
  }

  static NodeResult save(Inputs inputs, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    Video video = inputs.get("video", Video.class);
    String prefix = inputs.text("filename_prefix", "video/ComfyUI");
    SavePath place = SavePath.of(prefix, context.folders().output(), video.frames().size());
    String name = place.numbered(place.counter()) + "_.mp4";
    Path file = place.folder().resolve(name);
    VideoFile.write(file, video, VideoFile.encoding(CRF, "yuv420p"), context);
    context.saved(file);
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown
        .putArray("images")
        .addObject()
        .put("filename", name)
        .put("subfolder", place.subfolder())
        .put("type", "output");
    shown.putArray("animated").add(true);
    return NodeResult.shown(shown);
  }
}
