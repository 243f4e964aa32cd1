package dev.promptrunner.sheet;

import dev.promptrunner.base.FrameRate;
import dev.promptrunner.base.FrameSize;
import dev.promptrunner.media.Encoding;
import dev.promptrunner.media.FrameWriter;
import dev.promptrunner.media.Jpeg;
import dev.promptrunner.media.MediaException;
import dev.promptrunner.media.Picture;
import dev.promptrunner.media.TestPattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Small real videos, each in a tint of its own, with the number of each frame burned in. */
final class SampleVideos {
  static final FrameRate RATE = FrameRate.of(16);
  private static final int POSTERS = 3;
  private static final int STRIP = 8;

  private SampleVideos() {}

  static void write(Path file, FrameSize size, int frames, int tint) throws MediaException {
    Encoding encoding = Encoding.standard().withPreset("ultrafast");
    try (FrameWriter writer = FrameWriter.create(file, size, RATE, encoding)) {
      for (int frame = 0; frame < frames; frame++) {
        writer.write(picture(size, frame, tint));
      }
      writer.finish();
    }
  }

  /** From the first, the middle and the last tenth. */
  static List<byte[]> posters(FrameSize size, int frames, int tint) throws MediaException {
    List<byte[]> posters = new ArrayList<>();
    for (int i = 0; i < POSTERS; i++) {
      int frame = (frames - 1) * (1 + 4 * i) / 10;
      posters.add(Jpeg.encode(picture(size, frame, tint), 416));
    }
    return posters;
  }

  /** The strip with the number stays as it is. */
  private static Picture picture(FrameSize size, int frame, int tint) {
    Picture plain = TestPattern.picture(size, frame);
    byte[] rgb = plain.rgb().clone();
    int end = size.width() * (size.height() - size.height() / STRIP) * 3;
    for (int at = 0; at < end; at++) {
      double phase = tint * 0.9 + (at % 3) * 2.1;
      double factor = 0.72 + 0.28 * Math.sin(phase);
      rgb[at] = (byte) Math.round((rgb[at] & 0xff) * factor);
    }
    return new Picture(size.width(), size.height(), rgb);
  }
}
