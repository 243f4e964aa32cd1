package dev.promptrunner.simulator.node;

import dev.promptrunner.media.Encoding;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Png;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * VHS_VideoCombine: an H.264 video and its first frame as PNG, named {@code prefix_00001.mp4}
 * without an underscore at the end.
 */
final class VideoCombine {
  private VideoCombine() {}

  static NodeResult run(Inputs inputs, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    Frames frames = inputs.get("images", Frames.class);
    String format = inputs.text("format", "video/h264-mp4");
    requireSupported(inputs, format);
    boolean save = inputs.flag("save_output", true);
    Path root = save ? context.folders().output() : context.folders().temp();
    SavePath place = SavePath.of(inputs.text("filename_prefix", "v"), root, frames.size());
    String name = place.numbered(place.counter());
    Path video = place.folder().resolve(name + ".mp4");
    double rate = inputs.decimal("frame_rate", 16);
    Png.write(place.folder().resolve(name + ".png"), frames.first());
    VideoFile.write(video, new Video(frames, VideoFile.rate(rate)), encoding(inputs), context);
    context.saved(video);
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown
        .putArray("gifs")
        .addObject()
        .put("filename", name + ".mp4")
        .put("subfolder", place.subfolder())
        .put("type", save ? "output" : "temp")
        .put("format", format)
        .put("frame_rate", rate)
        .put("workflow", name + ".png")
        .put("fullpath", video.toString());
    return NodeResult.shown(shown, video);
  }

  private static void requireSupported(Inputs inputs, String format) throws NodeException {
    if (!format.equals("video/h264-mp4")) {
      throw new NodeException(
          "NotImplementedError",
          "the simulator writes video/h264-mp4 only, found " + format + ": choose that format");
    }
    if (inputs.flag("pingpong", false)) {
      throw new NodeException(
          "NotImplementedError", "the simulator does not play backwards: set pingpong to false");
    }
  }

  private static Encoding encoding(Inputs inputs) {
    int crf = Math.max(0, Math.min(51, inputs.integer("crf", 19)));
    String pixels = inputs.text("pix_fmt", "yuv420p").equals("yuv444p") ? "yuv444p" : "yuv420p";
    return VideoFile.encoding(crf, pixels);
  }
}
