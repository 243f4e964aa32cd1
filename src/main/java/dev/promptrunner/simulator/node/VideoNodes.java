package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.VideoInfo;
import dev.promptrunner.media.VideoProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/** Loading videos as VideoHelperSuite does: skip, then every nth, then at most so many. */
final class VideoNodes {
  private VideoNodes() {}

  static NodeResult loadUploaded(Inputs inputs, NodeContext context)
      throws NodeException, MediaException {
    String name = inputs.text("video", "");
    Path file =
        context
            .folders()
            .annotated(name)
            .orElseThrow(() -> new NodeException("ValueError", "not an input file: " + name));
    return load(file, inputs);
  }

  static NodeResult loadPath(Inputs inputs, NodeContext context)
      throws NodeException, MediaException {
    return load(path(inputs, context.folders()), inputs);
  }

  static Optional<String> uploadedStamp(Inputs inputs, Folders folders) {
    return folders.annotated(inputs.text("video", "")).flatMap(VideoNodes::stamp);
  }

  static Optional<String> pathStamp(Inputs inputs, Folders folders) {
    return stamp(path(inputs, folders));
  }

  /** When the file was written and how large it is; empty when it is not there. */
  static Optional<String> stamp(Path file) {
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Files.getLastModifiedTime(file) + "/" + Files.size(file))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // as ComfyUI: what cannot be asked is run again
    }
  }

  private static Path path(Inputs inputs, Folders folders) {
    return folders.output().resolve(inputs.text("video", "").strip()).normalize();
  }

  private static NodeResult load(Path file, Inputs inputs) throws NodeException, MediaException {
    if (!Files.isRegularFile(file)) {
      throw new NodeException("FileNotFoundError", "video not found: " + file);
    }
    VideoInfo info = VideoProbe.probe(file);
    int skip = Math.max(0, inputs.integer("skip_first_frames", 0));
    int nth = Math.max(1, inputs.integer("select_every_nth", 1));
    int cap = inputs.integer("frame_load_cap", 0);
    int there = Math.max(0, Math.ceilDiv(info.frames() - skip, nth));
    int count = cap > 0 ? Math.min(cap, there) : there;
    if (count < 1) {
      throw new NodeException(
          "RuntimeError", "No frames generated from " + file + " (skip " + skip + ")");
    }
    Frames frames = new VideoFrames(file, info.size(), skip, nth, count);
    return NodeResult.of(
        frames.scaledTo(size(inputs, info.size())),
        count,
        JsonNodeFactory.instance.nullNode(),
        info);
  }

  private static FrameSize size(Inputs inputs, FrameSize own) {
    int width = inputs.integer("custom_width", 0);
    int height = inputs.integer("custom_height", 0);
    return width < 1 || height < 1 ? own : new FrameSize(width, height);
  }
}
