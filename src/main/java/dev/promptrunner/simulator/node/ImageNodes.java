package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Single images: loading, saving, previewing, making. */
final class ImageNodes {
  private ImageNodes() {}

  static NodeResult loadUploaded(Inputs inputs, NodeContext context)
      throws NodeException, MediaException {
    String name = inputs.text("image", "");
    Path file =
        context
            .folders()
            .annotated(name)
            .orElseThrow(() -> new NodeException("ValueError", "not an input file: " + name));
    Frames image = read(file);
    return NodeResult.of(image, image); // the mask of an image without alpha is never used here
  }

  static NodeResult loadPath(Inputs inputs, NodeContext context)
      throws NodeException, MediaException {
    return NodeResult.of(read(path(inputs, context.folders())));
  }

  static Optional<String> uploadedStamp(Inputs inputs, Folders folders) {
    return folders.annotated(inputs.text("image", "")).flatMap(VideoNodes::stamp);
  }

  static Optional<String> pathStamp(Inputs inputs, Folders folders) {
    return VideoNodes.stamp(path(inputs, folders));
  }

  static NodeResult save(Inputs inputs, NodeContext context)
      throws NodeException, MediaException, IOException {
    String prefix = inputs.text("filename_prefix", "ComfyUI");
    return write(inputs, context.folders().output(), prefix, "output");
  }

  static NodeResult preview(Inputs inputs, NodeContext context)
      throws NodeException, MediaException, IOException {
    String letters =
        ThreadLocalRandom.current()
            .ints(5, 'a', 'z' + 1)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return write(inputs, context.folders().temp(), "ComfyUI_temp_" + letters, "temp");
  }

  static NodeResult empty(Inputs inputs, NodeContext context) {
    int colour = inputs.integer("color", 0);
    FrameSize size = new FrameSize(inputs.integer("width", 512), inputs.integer("height", 512));
    int count = Math.max(1, inputs.integer("batch_size", 1));
    return NodeResult.of(
        StillFrames.of(size, colour >> 16 & 255, colour >> 8 & 255, colour & 255, count));
  }

  private static NodeResult write(Inputs inputs, Path root, String prefix, String type)
      throws NodeException, MediaException, IOException {
    Frames images = inputs.get("images", Frames.class);
    SavePath place = SavePath.of(prefix, root, images.size());
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    ArrayNode list = shown.putArray("images");
    try (FrameCursor cursor = images.open()) {
      int number = place.counter();
      for (Optional<Picture> image = cursor.next(); image.isPresent(); image = cursor.next()) {
        String name = place.numbered(number++) + "_.png";
        Png.write(place.folder().resolve(name), image.get());
        list.addObject()
            .put("filename", name)
            .put("subfolder", place.subfolder())
            .put("type", type);
      }
    }
    return NodeResult.shown(shown);
  }

  private static Frames read(Path file) throws NodeException, MediaException {
    if (!Files.isRegularFile(file)) {
      throw new NodeException("FileNotFoundError", "[Errno 2] No such file or directory: " + file);
    }
    return new StillFrames(Png.read(file), 1);
  }

  private static Path path(Inputs inputs, Folders folders) {
    return folders.output().resolve(inputs.text("image_path", "").strip()).normalize();
  }
}
