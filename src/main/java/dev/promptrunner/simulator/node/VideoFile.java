package dev.promptrunner.simulator.node;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.media.Encoding;
import dev.promptrunner.media.FrameWriter;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Writing a video: H.264 that says where it comes from. */
final class VideoFile {
  /** Speed over size: nobody keeps what a simulator renders. */
  private static final String PRESET = "ultrafast";

  private VideoFile() {}

  static Encoding encoding(int crf, String pixels) {
    return new Encoding(crf, PRESET, pixels, Map.of("comment", Nodes.MARK));
  }

  /** Moves the node's bar with every frame. */
  static void write(Path file, Video video, Encoding encoding, NodeContext context)
      throws NodeException,
          ProcessingInterrupted,
          MediaException,
          IOException,
          InterruptedException {
    Frames frames = video.frames();
    int count = frames.count();
    try (FrameCursor cursor = frames.open();
        FrameWriter writer = FrameWriter.create(file, frames.size(), video.rate(), encoding)) {
      for (int i = 1; i <= count; i++) {
        Optional<Picture> picture = cursor.next();
        if (picture.isEmpty()) {
          throw new NodeException(
              "RuntimeError", "frame " + (i - 1) + " of " + count + " is missing for " + file);
        }
        writer.write(picture.get());
        context.progress(i, count, Optional.empty());
      }
      writer.finish();
    }
  }

  /** Whole rates and NTSC's exactly, others to the thousandth. */
  static FrameRate rate(double framesPerSecond) {
    long whole = Math.round(framesPerSecond);
    if (whole >= 1 && Math.abs(whole - framesPerSecond) < 1e-6) {
      return FrameRate.of((int) whole);
    }
    long ntsc = Math.round(framesPerSecond * 1001 / 1000);
    if (ntsc >= 1 && Math.abs(ntsc * 1000.0 / 1001 - framesPerSecond) < 0.005) {
      return new FrameRate((int) ntsc * 1000, 1001);
    }
    return new FrameRate((int) Math.max(1, Math.round(framesPerSecond * 1000)), 1000);
  }
}
